namespace Sim.Core;

/// <summary>
/// Waits of one primitive that are over, to be used again: waiting allocates nothing in steady state. A primitive keeps it in
/// a field that is not read-only.
/// </summary>
/// <typeparam name="TWait">The primitive's own kind of wait.</typeparam>
internal struct SpareWaits<TWait>
    where TWait : Waiter
{
    // A crowd that once waited together is not kept for ever.
    private const int Most = 64;

    private TWait? _first;
    private int _count;

    public TWait? Take()
    {
        var wait = _first;
        if (wait is not null)
        {
            _first = (TWait?)wait.Behind;
            wait.Behind = null;
            _count--;
        }

        return wait;
    }

    public void Give(TWait wait)
    {
        if (_count < Most)
        {
            wait.Behind = _first;
            _first = wait;
            _count++;
        }
    }
}

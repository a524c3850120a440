namespace Sim.Core;

/// <summary>
/// Work that other threads have handed in, in the order of arrival. Any thread adds; who has the loop takes. Two arrays change
/// places, so that taking holds nobody up who adds but for the moment of the change.
/// </summary>
internal sealed class Inbox
{
    // An array that a flood has made longer than this is not kept.
    private const int Kept = 1024;

    private readonly object _gate = new();

    // Under the gate: what has arrived since the last change.
    private Letter[] _arrived = new Letter[16];
    private int _arrivals;
    private bool _isClosed;

    // Of who has the loop: what was there at the last change, and is not taken out yet.
    private Letter[] _taken = new Letter[16];
    private int _takenEnd;
    private int _next;

    public bool IsEmpty => Count == 0;

    public int Count => Volatile.Read(ref _arrivals) + _takenEnd - _next;

    /// <summary>Hands in a letter.</summary>
    /// <param name="letter">The work.</param>
    /// <param name="isFirst">Whether the loop is to be woken: before others that come meanwhile, somebody wakes it already.</param>
    /// <returns>Whether it was taken in: not when it is closed.</returns>
    public bool Add(in Letter letter, out bool isFirst)
    {
        lock (_gate)
        {
            isFirst = _arrivals == 0;
            if (_isClosed)
            {
                return false;
            }

            if (_arrivals == _arrived.Length)
            {
                Array.Resize(ref _arrived, _arrivals * 2);
            }

            _arrived[_arrivals] = letter;
            Volatile.Write(ref _arrivals, _arrivals + 1);
            return true;
        }
    }

    /// <summary>Takes nothing in any more: what came now would never run.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    /// <summary>
    /// Takes the oldest one out. One at a time, so that whoever takes while another is taking, from inside of it, goes on
    /// where that one is, and nothing is lost when it fails.
    /// </summary>
    public bool TryTake(out Letter letter)
    {
        if (_next == _takenEnd && !TakeArrived())
        {
            letter = default;
            return false;
        }

        ref var place = ref _taken[_next++];
        letter = place;
        place = default;
        return true;
    }

    private bool TakeArrived()
    {
        if (_taken.Length > Kept)
        {
            _taken = new Letter[Kept];
        }

        lock (_gate)
        {
            (_taken, _arrived) = (_arrived, _taken);
            (_takenEnd, _next) = (_arrivals, 0);
            Volatile.Write(ref _arrivals, 0);
        }

        return _takenEnd > 0;
    }

    /// <summary>One piece of work.</summary>
    /// <param name="Callback">What to run.</param>
    /// <param name="State">Handed to it.</param>
    /// <param name="Context">Under which context.</param>
    /// <param name="Flow">In which execution context.</param>
    /// <param name="Escape">For a sealed loop: how it came here.</param>
    internal readonly record struct Letter(
        Delegate Callback, object? State, LoopContext? Context, ExecutionContext? Flow, WorkEscapedException? Escape);
}

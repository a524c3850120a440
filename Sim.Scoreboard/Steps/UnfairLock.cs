using Sim.Core;

namespace Sim.Scoreboard;

/// <summary>
/// A lock without a line, as threads have it: a release wakes all who wait, and whoever runs first takes it. The library has none
/// such; it serves to compare figures with those of harnesses that do.
/// </summary>
internal sealed class UnfairLock
{
    private readonly List<Future<bool>> _waiters = [];

    public bool IsHeld { get; private set; }

    public async ValueTask AcquireAsync()
    {
        while (IsHeld)
        {
            var woken = new Future<bool>(Asyncio.GetRunningLoop());
            _waiters.Add(woken);
            await woken;
        }

        IsHeld = true;
    }

    public void Release()
    {
        IsHeld = false;
        foreach (var waiter in _waiters)
        {
            waiter.TrySetResult(true);
        }

        _waiters.Clear();
    }
}

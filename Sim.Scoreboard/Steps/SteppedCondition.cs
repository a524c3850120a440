using Sim.Core;

namespace Sim.Scoreboard;

/// <summary>
/// A condition on a stepped lock, first come first served: to wait is to release the lock, so a scheduling point stands before it.
/// The library's, if the lock is.
/// </summary>
internal sealed class SteppedCondition(SteppedLock @lock, string name)
{
    private readonly AsyncCondition _condition = new(@lock.Inner, name);
    private readonly Queue<Future<bool>> _waiters = [];

    public async ValueTask WaitAsync()
    {
        await Asyncio.YieldBeforeAsync(@lock.Inner, isWrite: true);
        if (@lock.IsFair)
        {
            await _condition.WaitAsync();
            return;
        }

        var notified = new Future<bool>(Asyncio.GetRunningLoop());
        _waiters.Enqueue(notified);
        @lock.Release();
        await notified;
        await @lock.AcquireAtOnceAsync();
    }

    /// <summary>Wakes one; since the lock is held, it makes no difference when.</summary>
    public void Notify()
    {
        if (@lock.IsFair)
        {
            _condition.Notify();
        }
        else if (_waiters.TryDequeue(out var first))
        {
            first.TrySetResult(true);
        }
    }
}

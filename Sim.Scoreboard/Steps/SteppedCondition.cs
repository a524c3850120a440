using Sim.Core;

namespace Sim.Scoreboard;

/// <summary>The library's condition on a stepped lock: to wait is to release the lock, so a scheduling point stands before it.</summary>
internal sealed class SteppedCondition(SteppedLock @lock, string name)
{
    private readonly AsyncCondition _condition = new(@lock.Inner, name);

    public async ValueTask WaitAsync()
    {
        await Asyncio.YieldBeforeAsync(@lock.Inner, isWrite: true);
        await _condition.WaitAsync();
    }

    /// <summary>Wakes one; since the lock is held, it makes no difference when.</summary>
    public void Notify() => _condition.Notify();
}

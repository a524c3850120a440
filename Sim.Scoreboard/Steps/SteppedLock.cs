using Sim.Core;

namespace Sim.Scoreboard;

/// <summary>The library's lock with a scheduling point before it is taken and before it is released.</summary>
internal sealed class SteppedLock(string name)
{
    /// <summary>The lock itself: what waits on a condition of it needs it.</summary>
    public AsyncLock Inner { get; } = new(name);

    public async ValueTask AcquireAsync()
    {
        await Asyncio.YieldBeforeAsync(Inner, isWrite: true);
        await Inner.AcquireAsync();
    }

    public async ValueTask ReleaseAsync()
    {
        await Asyncio.YieldBeforeAsync(Inner, isWrite: true);
        Inner.Release();
    }
}

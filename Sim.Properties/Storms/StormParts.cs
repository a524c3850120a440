namespace Sim.Properties;

/// <summary>What a storm rages over: the library's, or one that has a mistake.</summary>
internal sealed record StormParts
{
    public Func<ILockUnderStorm> MakeLock { get; init; } = static () => new RealLock();

    public Func<ILockUnderStorm> MakeSemaphore { get; init; } = static () => new RealSemaphore();

    public Func<IQueueUnderStorm> MakeQueue { get; init; } = static () => new RealQueue();
}

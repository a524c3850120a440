namespace Sim.Properties;

/// <summary>A lock or a semaphore as the storm uses it.</summary>
internal interface ILockUnderStorm
{
    bool IsLocked { get; }

    ValueTask AcquireAsync(CancellationToken token);

    void Release();
}

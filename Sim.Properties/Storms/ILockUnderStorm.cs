namespace Sim.Properties;

/// <summary>A lock as the storm uses it.</summary>
internal interface ILockUnderStorm
{
    bool IsLocked { get; }

    ValueTask AcquireAsync();

    void Release();
}

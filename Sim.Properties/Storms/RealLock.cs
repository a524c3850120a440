using Sim.Core;

namespace Sim.Properties;

/// <summary>The lock of the library.</summary>
internal sealed class RealLock : ILockUnderStorm
{
    private readonly AsyncLock _lock = new();

    public bool IsLocked => _lock.IsLocked;

    public async ValueTask AcquireAsync() => await _lock.AcquireAsync();

    public void Release() => _lock.Release();
}

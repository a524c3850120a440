using Sim.Core;

namespace Sim.Properties;

/// <summary>The lock of the library.</summary>
internal sealed class RealLock : ILockUnderStorm
{
    private readonly AsyncLock _lock = new();

    public bool IsLocked => _lock.IsLocked;

    public async ValueTask AcquireAsync(CancellationToken token) => await _lock.AcquireAsync(token);

    public void Release() => _lock.Release();
}

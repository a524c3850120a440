using Sim.Core;

namespace Sim.Properties;

/// <summary>The semaphore of the library.</summary>
internal sealed class RealSemaphore : ILockUnderStorm
{
    private readonly AsyncBoundedSemaphore _units = new(StormWorld.Units);

    public bool IsLocked => _units.IsLocked;

    public async ValueTask AcquireAsync(CancellationToken token) => await _units.AcquireAsync(token);

    public void Release() => _units.Release();
}

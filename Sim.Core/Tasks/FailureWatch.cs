namespace Sim.Core;

/// <summary>
/// Goes with a failed future, and knows when the garbage collector has taken it without anybody having seen the failure.
/// Nothing that outlives the future refers to it.
/// </summary>
internal sealed class FailureWatch(UnretrievedErrors errors, LostFailure lost) : IDisposable
{
    // On the finalizer thread, where nothing may be thrown.
    ~FailureWatch() => errors.AddCollected(lost);

    /// <summary>Somebody has seen it.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}

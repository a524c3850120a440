namespace Sim.Core;

/// <summary>
/// Goes with a failed future, and knows when the garbage collector has taken it without anybody having seen the failure.
/// Refers to nothing that refers to the future.
/// </summary>
internal sealed class FailureWatch(UnretrievedErrors errors, Exception failure, string who) : IDisposable
{
    // On the finalizer thread, where nothing may be thrown.
    ~FailureWatch() => errors.AddCollected(failure, who);

    /// <summary>Somebody has seen it.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}

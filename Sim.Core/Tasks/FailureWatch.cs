namespace Sim.Core;

/// <summary>
/// Goes with a failed future, and knows when the garbage collector has taken it. Refers to nothing that refers to the future.
/// </summary>
internal sealed class FailureWatch(UnretrievedErrors errors, FailureRecord failure) : IDisposable
{
    // On the finalizer thread, where nothing may be thrown.
    ~FailureWatch() => errors.Hasten(failure);

    /// <summary>Somebody has seen the failure.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}

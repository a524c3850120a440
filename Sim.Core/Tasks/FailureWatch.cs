namespace Sim.Core;

/// <summary>
/// Goes with a failed future, and knows when the garbage collector has taken it. Nothing that outlives the future refers to it.
/// </summary>
internal sealed class FailureWatch(UnretrievedErrors errors, FailureRecord record, ExecutionContext? flow) : IDisposable
{
    // On the finalizer thread, where nothing may be thrown.
    ~FailureWatch() => errors.Hasten(record, flow);

    /// <summary>Somebody has seen the failure.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}

using System.Runtime.ExceptionServices;

namespace Sim.Core;

/// <summary>How a future has failed.</summary>
/// <param name="info">Captured once: an exception that is thrown to many awaiters must not collect all their stack traces.</param>
/// <param name="flow">The execution context of the task that failed, in which its failure is reported.</param>
internal sealed class Failure(ExceptionDispatchInfo info, ExecutionContext? flow)
{
    public ExceptionDispatchInfo Info => info;

    public ExecutionContext? Flow => flow;

    /// <summary>What notices that nobody has seen it, if it is to be reported early.</summary>
    public FailureWatch? Watch { get; set; }

    /// <summary>Somebody has seen it.</summary>
    public void Forget()
    {
        Watch?.Dispose();
        Watch = null;
    }
}

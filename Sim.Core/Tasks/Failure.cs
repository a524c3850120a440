using System.Runtime.ExceptionServices;

namespace Sim.Core;

/// <summary>How a future has failed.</summary>
/// <param name="info">Captured once: an exception that is thrown to many awaiters must not collect all their stack traces.</param>
/// <param name="flow">The execution context of the task that failed, in which its failure is reported.</param>
internal sealed class Failure(ExceptionDispatchInfo info, ExecutionContext? flow)
{
    public ExceptionDispatchInfo Info => info;

    public ExecutionContext? Flow => flow;

    /// <summary>By which the loop sees to it that the failure is not lost.</summary>
    public FailureRecord? Record { get; set; }

    /// <summary>What notices that the future is garbage, if the failure is to be reported early.</summary>
    public FailureWatch? Watch { get; set; }

    /// <summary>Somebody has seen it.</summary>
    public void Forget()
    {
        if (Record is { } record)
        {
            record.IsSeen = true;
            Record = null;
        }

        Watch?.Dispose();
        Watch = null;
    }
}

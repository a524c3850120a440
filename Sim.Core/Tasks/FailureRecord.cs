using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// One failure of a future, as far as the loop must know it to see that it is not lost: the future says when somebody has
/// seen it, the loop when it has reported it. Loop thread only.
/// </summary>
/// <param name="failure">What it failed with.</param>
/// <param name="future">The future, which this keeps alive; null if it must not.</param>
/// <param name="name">Its name, where there is no future to ask.</param>
/// <param name="at">When it failed.</param>
internal sealed class FailureRecord(Exception failure, Future? future, string? name, Instant at)
{
    public Exception Failure => failure;

    public Instant At => at;

    /// <summary>Who failed.</summary>
    public string Who => name ?? NameOf(future!);

    /// <summary>The name of a future in a report.</summary>
    public static string NameOf(Future future) => (future as ILoopTask)?.Name ?? future.Describe();

    public bool IsSeen { get; set; }

    public bool IsReported { get; set; }

    /// <summary>Whether there is nothing left to tell.</summary>
    public bool IsSettled => IsSeen || IsReported;
}

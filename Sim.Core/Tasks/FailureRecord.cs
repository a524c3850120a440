using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// One failure of a future, as far as the loop must know it to see that it is not lost: the future says when somebody has
/// seen it, the loop when it has reported it. Loop thread only.
/// </summary>
internal sealed class FailureRecord
{
    private readonly Future? _future;
    private readonly WeakReference<Future>? _garbage;
    private readonly string? _name;

    /// <summary>A record.</summary>
    /// <param name="future">The future that has failed.</param>
    /// <param name="failure">What it failed with.</param>
    /// <param name="keepsAlive">Whether the record keeps the future from becoming garbage.</param>
    public FailureRecord(Future future, Exception failure, bool keepsAlive)
    {
        Failure = failure;
        At = future.Loop.Time;
        if (keepsAlive)
        {
            _future = future;
        }
        else
        {
            // Its name now, while it can be asked.
            _name = NameOf(future);
            _garbage = new WeakReference<Future>(future);
        }
    }

    public Exception Failure { get; }

    /// <summary>When it failed.</summary>
    public Instant At { get; }

    /// <summary>Who failed.</summary>
    public string Who => _name ?? NameOf(_future!);

    /// <summary>The execution context in which the failure is reported, as long as the future is there.</summary>
    public ExecutionContext? Flow =>
        _future is not null ? _future.FailureFlow : _garbage!.TryGetTarget(out var alive) ? alive.FailureFlow : null;

    public bool IsSeen { get; set; }

    public bool IsReported { get; set; }

    /// <summary>Whether there is nothing left to tell.</summary>
    public bool IsSettled => IsSeen || IsReported;

    private static string NameOf(Future future) => (future as ILoopTask)?.Name ?? future.Describe();
}

using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// A stretch of code with a deadline: the block of asyncio's <c>timeout</c>. When the time is up its task is asked to stop;
/// at the end of the block that request becomes a <see cref="TimeoutException"/>, unless somebody else asked too (rules
/// 71 to 77). Loop thread only.
/// </summary>
/// <remarks>
/// A delegate and not a disposable: C# shows a disposable neither the exception that leaves its block nor a way to change it.
/// </remarks>
public sealed class TimeoutScope : INamedWork
{
    private static readonly Action<object?> _expire = static scope => ((TimeoutScope)scope!).Expire();

    private readonly EventLoop _loop;
    private readonly ILoopTask _task;
    private readonly int _requestsBefore;
    private readonly Instant _begun;
    private string? _interrupted;
    private Stage _stage;
    private TimerHandle? _timer;
    private Handle _soon;
    private RequestToken _token;

    internal TimeoutScope(Instant? when)
    {
        _loop = EventLoop.RequireRunning();
        _task = TaskContext.RunningOn(_loop)?.Task ?? throw new LoopException(
            $"A timeout asks its task to stop, and there is no task {Places.Here()}: use it inside an async method that runs as a task.");
        _requestsBefore = _task.CancelRequests;
        _begun = _loop.Time;
        Reschedule(when);
    }

    private enum Stage
    {
        Active,
        Expiring,
        Expired,
        Left,
    }

    /// <summary>When the time is up, on the loop's time line; null = never.</summary>
    public Instant? When { get; private set; }

    /// <summary>Whether the time was up before the end of the block.</summary>
    public bool IsExpired => _stage is Stage.Expiring or Stage.Expired;

    /// <summary>
    /// Cancelled when the time is up, and only then: for what the body awaits that is not the loop's. A request to the task
    /// interrupts waits on the loop; a .NET call in flight is interrupted by its token.
    /// </summary>
    public CancellationToken CancellationToken => _token.Get(IsExpired);

    string INamedWork.WorkName => $"timeout of {_task.Name}";

    /// <summary>Moves the deadline: null disarms it, one that has passed strikes in the next iteration (rule 76).</summary>
    /// <exception cref="LoopException">The time is up already, or the block was left.</exception>
    public void Reschedule(Instant? when)
    {
        if (_stage != Stage.Active)
        {
            throw new LoopException(IsExpired
                ? $"The timeout of task {_task.Name} has expired: {Places.Here()} it is too late to reschedule it."
                : $"The block of this timeout of task {_task.Name} was left: {Places.Here()} there is nothing to reschedule.");
        }

        When = when;
        Disarm();
        if (when is not { } deadline)
        {
            return;
        }

        if (deadline <= _loop.Time)
        {
            _soon = _loop.CallSoon(_expire, this);
        }
        else
        {
            _timer = _loop.CallAt(deadline, _expire, this);
        }
    }

    /// <summary>Runs <paramref name="body"/> in the current task with a deadline.</summary>
    internal static async ValueTask<T> RunAsync<T>(Instant? when, Func<TimeoutScope, Task<T>> body)
    {
        var scope = new TimeoutScope(when);
        T result;
        try
        {
            result = await Bodies.RunAsync(body(scope), "a timeout");
        }
        catch (OperationCanceledException stopped)
        {
            if (scope.Leave())
            {
                throw new TimeoutException(
                    $"The time was up {Places.Here()}: the deadline was {scope.When}, {Durations.Format(scope.When!.Value - scope._begun)} after the "
                    + $"block began. What was interrupted: {scope._interrupted}.",
                    stopped);
            }

            throw;
        }
        catch
        {
            scope.Leave();
            throw;
        }

        scope.Leave();
        return result;
    }

    /// <summary>Ends the block.</summary>
    /// <returns>Whether the task was asked to stop by this timeout and by nobody else since the block began.</returns>
    private bool Leave()
    {
        Disarm();
        if (_stage != Stage.Expiring)
        {
            _stage = Stage.Left;
            return false;
        }

        _stage = Stage.Expired;
        return _task.Uncancel() <= _requestsBefore;
    }

    private void Expire()
    {
        // Before the request, which ends the wait.
        _interrupted = _task is Future { TaskContext: { } context } ? $"task {context.Name} {context.DescribeWait()}" : "";
        // First: whoever hears of the request, through a token, finds this expired.
        _stage = Stage.Expiring;
        _timer = null;
        _task.Cancel();
        _token.Cancel(_loop, _task.Name);
    }

    private void Disarm()
    {
        _timer?.Cancel();
        _timer = null;
        _soon.Cancel();
    }
}

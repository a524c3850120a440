using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// What a loop knows of executors: its default one, and the work that is out. The loop's thread, except
/// <see cref="Return"/>.
/// </summary>
internal sealed class LoopExecutors : IWaitReason
{
    private static readonly LoopLocal<LoopExecutors> _local = new(static loop => new LoopExecutors(loop));
    private static readonly Action<object?> _take = static work => Take((IExecutorWork)work!);

    // Between the closing of the loop and work that comes back on another thread.
    private readonly object _gate = new();

    // In the order of submission.
    private readonly LinkedList<IExecutorWork> _out = [];
    private readonly List<Waiter> _waiters = [];
    private IExecutor? _default;
    private int _outAtDefault;
    private bool _isShutDown;
    private bool _isClosed;

    private LoopExecutors(EventLoop loop)
    {
        Loop = loop;
        loop.Closing += Close;
    }

    public EventLoop Loop { get; }

    public static LoopExecutors Of(EventLoop loop) => _local[loop];

    public static LoopExecutors? Find(EventLoop loop) => _local.Find(loop);

    public void SetDefault(IExecutor executor)
    {
        CheckUsable();
        _default = executor;
    }

    /// <summary>Hands work to an executor, the default one if none is given.</summary>
    public Future<T> Submit<T>(Func<T> function, string name, ExecutionContext? flow, IExecutor? executor)
    {
        if (executor is null)
        {
            CheckUsable();
        }

        var work = new ExecutorWork<T>(this, function, name, flow, isForDefault: executor is null);
        work.Place = _out.AddLast(work);
        _outAtDefault += work.IsForDefault ? 1 : 0;
        try
        {
            (executor ?? (_default ??= new ThreadPoolExecutor())).Submit(work.Run);
        }
        catch
        {
            Remove(work);
            throw;
        }

        return work;
    }

    /// <summary>Work has ended: its outcome is taken on the loop thread. Any thread.</summary>
    public void Return(IExecutorWork work)
    {
        lock (_gate)
        {
            if (!_isClosed && TryPost(work))
            {
                return;
            }
        }

        // The exception handler is not for this thread, and its loop is gone; but no failure disappears (A10).
        if (work.TakeFailure() is { } failure)
        {
            Loop.WriteLog(LateError(failure, work.WorkName).ToString());
        }
    }

    /// <summary>Work is out no more.</summary>
    public void Remove(IExecutorWork work)
    {
        if (work.Place is not { } place)
        {
            return;
        }

        _out.Remove(place);
        work.Place = null;
        if (work.IsForDefault && --_outAtDefault == 0)
        {
            foreach (var waiter in _waiters)
            {
                waiter.Wake();
            }
        }
    }

    public void ReportLate(Exception failure, string name) => Loop.CallExceptionHandler(LateError(failure, name));

    /// <summary>Takes no more work for the default executor and waits for what is out (rule 25).</summary>
    public async ValueTask ShutDownAsync(TimeSpan? timeout)
    {
        _isShutDown = true;
        if (_outAtDefault == 0)
        {
            return;
        }

        var isLate = false;
        var waiter = new Waiter(Loop, this);
        using var timer = timeout is { } limit && limit != Timeout.InfiniteTimeSpan
            ? Loop.CallLater(limit, () => isLate = waiter.Wake())
            : null;
        _waiters.Add(waiter);
        try
        {
            await waiter;
        }
        finally
        {
            _waiters.Remove(waiter);
        }

        if (isLate)
        {
            Loop.CallExceptionHandler(new LoopError(
                "The default executor was shut down before its work had ended",
                new TimeoutException(
                    $"After {Durations.Format(timeout!.Value)} there was still {((IWaitReason)this).DescribeReason()}; it is abandoned."),
                Loop.Time, "shutdown"));
        }
    }

    /// <summary>The same for a loop that does not run: runs it, if there is anything to wait for.</summary>
    public void ShutDown(TimeSpan timeout)
    {
        _isShutDown = true;
        if (_outAtDefault == 0)
        {
            return;
        }

        try
        {
            Loop.RunUntilComplete(Loop.CreateTask(() => ShutDownAsync(timeout), "shutdown"));
        }
        catch (StalledException stalled)
        {
            Loop.CallExceptionHandler(new LoopError("Work in the default executor did not end", stalled, Loop.Time, "shutdown"));
        }
    }

    string IWaitReason.DescribeReason()
    {
        var names = _out.Where(static work => work.IsForDefault).Take(5).Select(static work => work.WorkName);
        var more = _outAtDefault > 5 ? $" and {_outAtDefault - 5} more" : "";
        return $"work in the default executor ({string.Join(", ", names)}{more})";
    }

    // Whatever went wrong in closing: a thread of the pool must not be brought down by it, and the process with it.
    private bool TryPost(IExecutorWork work)
    {
        try
        {
            Loop.CallSoonThreadSafe(_take, work);
            return true;
        }
        catch (LoopClosedException)
        {
            return false;
        }
    }

    private static void Take(IExecutorWork work)
    {
        var executors = _local[((Future)work).Loop];
        work.TakeOutcome();
        executors.Remove(work);
    }

    // Nobody waits for what is out (rule 19). Failures that are back already, but not taken, are told now.
    private void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        foreach (var work in _out)
        {
            if (work.TakeFailure() is { } failure)
            {
                ReportLate(failure, work.WorkName);
            }
        }
    }

    private LoopError LateError(Exception failure, string name) =>
        new("Work in an executor failed after nobody waited for it any more", failure, Loop.Time, name);

    private void CheckUsable()
    {
        if (_isShutDown)
        {
            throw new ExecutorShutDownException(
                $"The default executor of {Loop.Options.Name} takes no work {Places.Here()}: it was shut down. Await the work before "
                + $"{nameof(EventLoopThreads.ShutdownDefaultExecutorAsync)}, or pass an executor of your own.");
        }
    }
}

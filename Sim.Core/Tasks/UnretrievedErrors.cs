using System.Collections.Concurrent;

namespace Sim.Core;

/// <summary>
/// The futures of one loop that hold an exception, in the order of their failure. When the loop closes, those whose
/// exception nobody has looked at are reported to the exception handler (rule 43, invariant A10). A loop may be told to
/// report a failure as soon as the future is garbage, as CPython does: then the futures are not kept alive here.
/// </summary>
internal sealed class UnretrievedErrors
{
    private static readonly LoopLocal<UnretrievedErrors> _local = new(static loop => new UnretrievedErrors(loop));

    private readonly EventLoop _loop;
    private readonly bool _early;
    private readonly List<Future> _failed = [];
    private readonly List<WeakReference<Future>> _watched = [];

    // Filled on the finalizer thread.
    private readonly ConcurrentQueue<LostFailure> _collected = new();
    private int _sweepAt = 64;

    private UnretrievedErrors(EventLoop loop)
    {
        _loop = loop;
        _early = loop.Options.ReportLostFailuresEarly ?? false;
        loop.Closing += Report;
    }

    public static UnretrievedErrors Of(EventLoop loop) => _local[loop];

    /// <summary>
    /// The exception that an <c>await</c> would throw; the others of the same task (<c>Task.WhenAll</c>) go to the exception
    /// handler, because no awaiter gets them.
    /// </summary>
    public static Exception FirstOf(AggregateException all, EventLoop loop, string task)
    {
        foreach (var other in all.InnerExceptions.Skip(1))
        {
            loop.CallExceptionHandler(new LoopError("One of several failures; only the first is thrown", other, loop.Time, task));
        }

        return all.InnerExceptions[0];
    }

    /// <summary>Remembers a future that has just failed.</summary>
    /// <returns>What the future holds on to, if the failure is to be reported early.</returns>
    public FailureWatch? Track(Future future)
    {
        // Most failures are looked at soon; those that were need not be kept.
        if (_failed.Count + _watched.Count >= _sweepAt)
        {
            _failed.RemoveAll(static failed => failed.IsExceptionRetrieved);
            _watched.RemoveAll(static failed => !failed.TryGetTarget(out var alive) || alive.IsExceptionRetrieved);
            _sweepAt = Math.Max(64, (_failed.Count + _watched.Count) * 2);
        }

        if (!_early)
        {
            _failed.Add(future);
            return null;
        }

        _watched.Add(new WeakReference<Future>(future));
        return new FailureWatch(this, LossOf(future));
    }

    /// <summary>A failed future is garbage, and nobody has seen its failure. Any thread; never throws.</summary>
    public void AddCollected(LostFailure failure)
    {
        _collected.Enqueue(failure);
        try
        {
            if (!_loop.IsClosed)
            {
                _loop.CallSoonThreadSafe(ReportCollected);
                return;
            }
        }
        catch (Exception)
        {
            // The loop is being closed, or is garbage itself: the log is what is left.
        }

        while (_collected.TryDequeue(out var lost))
        {
            _loop.WriteLog(ErrorOf(lost).ToString());
        }
    }

    /// <summary>Reports, once, what nobody has looked at.</summary>
    public void Report()
    {
        ReportCollected();
        var alive = _watched.Select(static watched => watched.TryGetTarget(out var future) ? future : null).OfType<Future>();
        foreach (var future in _failed.Concat(alive).ToArray())
        {
            if (!future.IsExceptionRetrieved)
            {
                future.IsExceptionRetrieved = true;
                Report(LossOf(future));
            }
        }

        _failed.Clear();
        _watched.Clear();
    }

    private void ReportCollected()
    {
        while (_collected.TryDequeue(out var lost))
        {
            Report(lost);
        }
    }

    private void Report(LostFailure lost) => _loop.CallExceptionHandler(ErrorOf(lost), lost.Flow);

    private LoopError ErrorOf(LostFailure lost) =>
        new("The exception was never retrieved: nobody awaited it", lost.Failure, _loop.Time, lost.Who);

    private static LostFailure LossOf(Future future) =>
        new(future.ExceptionUnmarked!, (future as ILoopTask)?.Name ?? future.Describe(), future.FailureFlow);
}

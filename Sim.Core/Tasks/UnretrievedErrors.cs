namespace Sim.Core;

/// <summary>
/// The failures of one loop's futures, in the order in which they happened. When the loop closes, those that nobody has looked
/// at are reported to the exception handler (rule 43, invariant A10). A loop may be told to report one as soon as its future
/// is garbage, as CPython does: the collector then hastens the report, and what is reported does not depend on it.
/// </summary>
internal sealed class UnretrievedErrors
{
    private static readonly LoopLocal<UnretrievedErrors> _local = new(static loop => new UnretrievedErrors(loop));

    private readonly EventLoop _loop;
    private readonly bool _early;
    private readonly List<FailureRecord> _failures = [];
    private int _sweepAt = 64;

    private UnretrievedErrors(EventLoop loop)
    {
        _loop = loop;
        _early = loop.Options.ReportLostFailuresEarly ?? false;
        loop.Closing += ReportAll;
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

    /// <summary>Remembers that a future has just failed.</summary>
    public void Track(Future future, Failure failure)
    {
        // Most failures are looked at soon; those that were need not be kept.
        if (_failures.Count >= _sweepAt)
        {
            _failures.RemoveAll(static record => record.IsSettled);
            _sweepAt = Math.Max(64, _failures.Count * 2);
        }

        var record = new FailureRecord(future, failure.Info.SourceException, keepsAlive: !_early);
        _failures.Add(record);
        failure.Record = record;
        // Its context refers to the task: nothing but the future itself may refer to the context.
        failure.Watch = _early ? new FailureWatch(this, record, failure.Flow) : null;
    }

    /// <summary>The future of a failure is garbage: it can be reported now. Any thread; never throws.</summary>
    public void Hasten(FailureRecord record, ExecutionContext? flow)
    {
        try
        {
            // A loop that is closing reports everything itself.
            _loop.TryCallSoonThreadSafe(() => Report(record, flow));
        }
#pragma warning disable CA1031 // An exception on the finalizer thread ends the process.
        catch (Exception)
        {
            // The poller is gone with a loop that nobody has closed; what is left of it is the log.
            _loop.WriteLog(ErrorOf(record).ToString());
        }
#pragma warning restore CA1031
    }

    // By index: a handler may fail, or make another future fail.
    private void ReportAll()
    {
        for (var i = 0; i < _failures.Count; i++)
        {
            Report(_failures[i], _failures[i].Flow);
        }

        _failures.Clear();
    }

    private void Report(FailureRecord record, ExecutionContext? flow)
    {
        if (!record.IsSettled)
        {
            record.IsReported = true;
            _loop.CallExceptionHandler(ErrorOf(record), flow);
        }
    }

    private LoopError ErrorOf(FailureRecord record) =>
        new("The exception was never retrieved: nobody awaited it", record.Failure, _loop.Time, record.Who) { FailedAt = record.At };
}

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
    /// <returns>The record, and what the future holds on to if the failure is to be reported early.</returns>
    public (FailureRecord Record, FailureWatch? Watch) Track(Future future, Exception failure)
    {
        // Most failures are looked at soon; those that were need not be kept.
        if (_failures.Count >= _sweepAt)
        {
            _failures.RemoveAll(static record => record.IsSettled);
            _sweepAt = Math.Max(64, _failures.Count * 2);
        }

        if (!_early)
        {
            var late = new FailureRecord(failure, future, null, _loop.Time);
            _failures.Add(late);
            return (late, null);
        }

        // Its name now: the record must not keep the future alive.
        var early = new FailureRecord(failure, null, FailureRecord.NameOf(future), _loop.Time);
        _failures.Add(early);
        return (early, new FailureWatch(this, early));
    }

    /// <summary>The future of a failure is garbage: it can be reported now. Any thread; never throws.</summary>
    public void Hasten(FailureRecord record)
    {
        try
        {
            // A loop that is closing reports everything itself.
            _loop.TryCallSoonThreadSafe(() => Report(record));
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
            Report(_failures[i]);
        }

        _failures.Clear();
    }

    private void Report(FailureRecord record)
    {
        if (!record.IsSettled)
        {
            record.IsReported = true;
            _loop.CallExceptionHandler(ErrorOf(record));
        }
    }

    private LoopError ErrorOf(FailureRecord record) =>
        new("The exception was never retrieved: nobody awaited it", record.Failure, _loop.Time, record.Who) { FailedAt = record.At };
}

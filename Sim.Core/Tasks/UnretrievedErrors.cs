namespace Sim.Core;

/// <summary>
/// The futures of one loop that hold an exception, in the order of their failure. When the loop closes, those whose
/// exception nobody has looked at are reported to the exception handler (rule 43, invariant A10).
/// </summary>
internal sealed class UnretrievedErrors
{
    private static readonly LoopLocal<UnretrievedErrors> _local = new(static loop => new UnretrievedErrors(loop));

    private readonly EventLoop _loop;
    private readonly List<Future> _failed = [];
    private int _sweepAt = 64;

    private UnretrievedErrors(EventLoop loop)
    {
        _loop = loop;
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

    public void Track(Future future)
    {
        // Most failures are looked at soon; those that were need not be kept.
        if (_failed.Count >= _sweepAt)
        {
            _failed.RemoveAll(static failed => failed.IsExceptionRetrieved);
            _sweepAt = Math.Max(64, _failed.Count * 2);
        }

        _failed.Add(future);
    }

    /// <summary>Reports, once, what nobody has looked at.</summary>
    public void Report()
    {
        foreach (var future in _failed.ToArray())
        {
            if (!future.IsExceptionRetrieved)
            {
                future.IsExceptionRetrieved = true;
                _loop.CallExceptionHandler(new LoopError(
                    "The exception was never retrieved: nobody awaited it", future.ExceptionUnmarked!, _loop.Time, (future as ILoopTask)?.Name ?? future.Describe()));
            }
        }

        _failed.Clear();
    }
}

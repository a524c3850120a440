namespace Sim.Core;

/// <summary>
/// The executor of virtual time: runs the work on the loop thread, outside of any task, after a delay that the loop's
/// scheduler draws. So which work ends first is a decision of the run: first in, first out by default, anything under a
/// seed. Loop thread only.
/// </summary>
/// <remarks>
/// A piece of work takes no virtual time but that delay, and runs undivided. It must not wait for another piece: on a pool
/// that may work, here it is refused, as every blocking wait on the loop thread is. And it sees the running loop, which work
/// on a thread of its own does not: to be the same in both worlds it comes back through the thread-safe doors only.
/// </remarks>
public sealed class VirtualExecutor : IExecutor
{
    /// <summary>How many delays there are to draw from, no delay being one of them: few, so that a run shrinks fast.</summary>
    private const int Delays = 11;

    private readonly EventLoop _loop;
    private readonly TimeSpan _step;

    /// <summary>An executor that runs its work on <paramref name="loop"/>.</summary>
    /// <param name="loop">Whose scheduler draws the delays.</param>
    /// <param name="longest">The longest delay; 10 ms unless given. Zero leaves the order to the loop's scheduler alone.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="longest"/> is negative.</exception>
    public VirtualExecutor(EventLoop loop, TimeSpan? longest = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest ?? TimeSpan.Zero, TimeSpan.Zero, nameof(longest));
        _loop = loop;
        _step = (longest ?? TimeSpan.FromMilliseconds(10)) / (Delays - 1);
    }

    /// <inheritdoc/>
    public void Submit(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var name = (work.Target as INamedWork)?.WorkName ?? CodeNames.OfDelegate(work);
        var delay = _step > TimeSpan.Zero ? _step.Ticks * _loop.Draw($"delay of {name}", Delays) : 0;
        // As on a thread of its own: not in the context of who submits.
        using var none = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        if (delay == 0)
        {
            _loop.CallSoon(work);
        }
        else
        {
            _loop.CallLater(TimeSpan.FromTicks(delay), work);
        }
    }
}

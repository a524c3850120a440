namespace Sim.Core;

/// <summary>
/// The loop of a primitive: none at first, so that it can be made anywhere, then the one on which somebody first had to
/// wait. A primitive keeps it in a field that is not read-only.
/// </summary>
internal struct LoopBinding
{
    private EventLoop? _loop;

    /// <summary>The running loop, to which the primitive belongs from now on.</summary>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    /// <exception cref="LoopException">It belongs to another loop.</exception>
    public EventLoop Bind(IWaitReason primitive)
    {
        var running = Asyncio.GetRunningLoop();
        _loop ??= running;
        if (!ReferenceEquals(_loop, running))
        {
            throw new LoopException(
                $"A wait for {primitive.DescribeReason()} {Places.Here()}: it belongs to {_loop.Options.Name}, the loop on which it was first "
                + $"waited for, but another one, {running.Options.Name}, runs here. Make one for each loop, or hand the work over with CallSoonThreadSafe.");
        }

        return running;
    }

    /// <summary>Refuses other threads while the loop runs.</summary>
    /// <exception cref="ForeignThreadException">Called on another thread.</exception>
    public readonly void CheckThread() => _loop?.CheckThread();
}

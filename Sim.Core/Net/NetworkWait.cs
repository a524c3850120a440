namespace Sim.Core;

/// <summary>
/// A wait for the other side. Libraries await it with <c>ConfigureAwait(false)</c>: those go on under no context, as after any
/// completion of the loop's own, so that the rest of their chain stays on the loop thread.
/// </summary>
/// <typeparam name="TResult">What the wait is for.</typeparam>
internal abstract class NetworkWait<TResult>(EventLoop loop, IWaitReason reason, WaitLine line)
    : LineWait<TResult>(loop, reason, line)
{
    protected sealed override bool ResumesWithoutContext => true;

    protected override void GiveUp() => Line.Leave(this);
}

namespace Sim.Core;

/// <summary>Who is told that one direction of one handle is ready. Loop thread only.</summary>
internal abstract class HandleWatcher
{
    /// <summary>The poll of this iteration has found it ready. Called between the steps: no user's code may run inside of it.</summary>
    public abstract void OnReady(EventLoop loop);

    /// <summary>It is watched no more, or by somebody else.</summary>
    public virtual void Cancel()
    {
    }
}

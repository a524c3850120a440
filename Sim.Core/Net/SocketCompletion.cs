using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// One operation of a socket that the platform runs, used again and again. It is over on a thread of the pool, which does
/// nothing but say so to the loop: what follows is for the loop thread, and allocates nothing. Once the loop is closed nothing
/// comes any more.
/// </summary>
/// <param name="loop">The loop.</param>
internal abstract class SocketCompletion(EventLoop loop) : SocketAsyncEventArgs(true)
{
    private static readonly Action<object?> _deliver = static completion => ((SocketCompletion)completion!).Deliver();

    /// <summary>Whether it has begun and the loop has not been told yet that it is over. Loop thread only.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Begins; not while it is under way.</summary>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    protected void Run()
    {
        loop.CheckOpen();
        var isPending = Start();
        // A thread of the pool may have told the loop by now, which listens when this step is over.
        IsUnderWay = true;
        if (!isPending)
        {
            OnCompleted(this);
        }
    }

    /// <summary>Calls the socket's method. False: it was over at once, and no thread will say so.</summary>
    protected abstract bool Start();

    /// <summary>It is over, and the loop is about to be told. On any thread.</summary>
    protected virtual void OnOver()
    {
    }

    /// <summary>It is over: <see cref="SocketAsyncEventArgs.SocketError"/> tells how. Not called once the loop is closed.</summary>
    protected abstract void OnDelivered();

    protected sealed override void OnCompleted(SocketAsyncEventArgs e)
    {
        OnOver();
        loop.TryPost(_deliver, this);
    }

    private void Deliver()
    {
        IsUnderWay = false;
        OnDelivered();
    }
}

using System.Net;

namespace Sim.Core;

/// <summary>
/// A connection as a handler of a server has it. Whoever closes it there has said all, and yet it must not be closed at once: with a
/// request unread that would be a reset, which may overtake the answer before it. So only this direction ends, and the
/// server closes the connection when the handler has returned, or after <see cref="ServerOptions.Linger"/>. Loop thread only.
/// </summary>
/// <param name="loop">The server's loop.</param>
/// <param name="inner">The connection.</param>
/// <param name="linger">How long it stays open at most.</param>
internal sealed class ServedConnection(EventLoop loop, IConnection inner, TimeSpan linger) : IConnection
{
    private bool _isDisposed;
    private TimerHandle? _limit;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return inner.ReceiveAsync(buffer, cancellationToken);
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return inner.SendAsync(bytes, cancellationToken);
    }

    public void ShutdownSend()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        inner.ShutdownSend();
    }

    /// <summary>Ends this direction, and refuses whatever the handler does from now on.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (loop.IsClosed || inner is TriedConnection { HasWaiter: true })
        {
            // They are to find it disposed and say so.
            inner.Dispose();
            return;
        }

        try
        {
            inner.ShutdownSend();
            _limit = loop.CallLater(linger, Close);
        }
        catch (Exception ended) when (ended is ObjectDisposedException or InvalidOperationException)
        {
            inner.Dispose();
        }
    }

    /// <summary>
    /// Ends it as TCP wants it: first the end, then whatever the other side still sends is dropped, and only then it is closed.
    /// </summary>
    /// <param name="dropped">Room for what is dropped.</param>
    public async Task EndAsync(byte[] dropped)
    {
        Dispose();
        try
        {
            while (await inner.ReceiveAsync(dropped) > 0)
            {
                // A receive that finds something does not yield.
                await Asyncio.YieldAsync();
            }
        }
        catch (Exception ended) when (ended is NetworkException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side has gone, or time is up.
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Waits no longer for the other side. What was sent still arrives, unless that sends more.</summary>
    public void Close()
    {
        _limit?.Cancel();
        inner.Dispose();
    }

    public void Abort()
    {
        _isDisposed = true;
        _limit?.Cancel();
        inner.Abort();
    }

    public override string ToString() => $"{inner}{(_isDisposed ? ", closed by its handler" : "")}";
}

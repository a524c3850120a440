using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A connect that the platform runs. Loop thread only.</summary>
internal sealed class ConnectCompletion : SocketCompletion
{
    private readonly AsyncEvent _isOver;
    private readonly Socket _socket;

    private ConnectCompletion(EventLoop loop, Socket socket, EndPoint remote)
        : base(loop)
    {
        _socket = socket;
        RemoteEndPoint = remote;
        _isOver = new AsyncEvent(new WaitWords($"a connection to {remote}"));
    }

    /// <summary>Connects a socket. Who cancels this closes the socket.</summary>
    /// <exception cref="SocketException">It could not be connected.</exception>
    public static async ValueTask RunAsync(EventLoop loop, Socket socket, EndPoint remote, CancellationToken cancellationToken)
    {
        using var connecting = new ConnectCompletion(loop, socket, remote);
        try
        {
            connecting.Run();
            await connecting._isOver.WaitAsync(cancellationToken);
        }
        catch
        {
            connecting.EndInOrder();
            throw;
        }

        if (connecting.SocketError != SocketError.Success)
        {
            throw new SocketException((int)connecting.SocketError);
        }
    }

    protected override bool Start() => _socket.ConnectAsync(this);

    protected override void OnDelivered() => _isOver.Set();

    // Where the system was faster and has connected, the other side is to find an end, as of anyone who comes and goes. Closing
    // alone would be a reset to it: .NET makes that of a socket with operations under way, unless its sending was ended before.
    private void EndInOrder()
    {
        try
        {
            if (IsUnderWay)
            {
                _socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // It is not connected.
        }
    }
}

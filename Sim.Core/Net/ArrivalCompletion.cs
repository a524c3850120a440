using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// A receive of no bytes: it is over when bytes are there, or the end, or an error, and takes none of them. So nothing is
/// taken for somebody who is gone. It goes on when nobody waits any more, and tells the next. Loop thread only.
/// </summary>
internal sealed class ArrivalCompletion(EventLoop loop, Socket socket, Action<SocketError> onArrival)
    : SocketCompletion(loop)
{
    /// <summary>Tells of what comes from now on, unless it does already.</summary>
    public void Begin()
    {
        if (!IsUnderWay)
        {
            Run();
        }
    }

    protected override bool Start() => socket.ReceiveAsync(this);

    protected override void OnDelivered() => onArrival(SocketError);
}

using System.Net;
using System.Net.Sockets;

namespace Sim.Tests;

internal static class TestSockets
{
    /// <summary>A datagram socket on this machine: always writable, readable once it has sent itself something.</summary>
    public static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}

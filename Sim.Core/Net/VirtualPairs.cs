using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// Which ports of clients are in use, and to where: as in TCP, a port serves several connections, if each is to another
/// address. Loop thread only.
/// </summary>
internal sealed class VirtualPairs(VirtualPorts ports, Func<int, bool> isListening)
{
    // Asked for membership only; the addresses are nobody else's.
    private readonly HashSet<(int Port, IPEndPoint Remote)> _taken = [];

    /// <summary>A client's address for a connection to <paramref name="remote"/>: loopback itself, as on Linux.</summary>
    /// <exception cref="NetworkException">All ports are taken for this remote address.</exception>
    public IPEndPoint Take(IPEndPoint remote)
    {
        var port = ports.Take(port => isListening(port) || _taken.Contains((port, remote)))
            ?? throw NetworkException.Of(SocketError.AddressNotAvailable, $"Connecting to {remote}");
        _taken.Add((port, remote));
        return new IPEndPoint(IPAddresses.LoopbackOf(remote), port);
    }

    /// <summary>Both ends of the connection are closed.</summary>
    public void Free(IPEndPoint local, IPEndPoint remote) => _taken.Remove((local.Port, remote));
}

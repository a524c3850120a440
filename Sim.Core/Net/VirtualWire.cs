using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>What both ends of a connection in memory share: their addresses, and the port that both give back.</summary>
internal sealed class VirtualWire
{
    private static readonly EndPoint _unnamed =
        new UnixDomainSocketEndPoint("/").Create(new SocketAddress(AddressFamily.Unix, sizeof(ushort)));

    private readonly EndPoint _client;
    private readonly EndPoint _server;
    private readonly VirtualPairs? _pairs;
    private int _openEnds = 2;

    private VirtualWire(EndPoint client, EndPoint server, VirtualPairs? pairs) => (_client, _server, _pairs) = (client, server, pairs);

    /// <summary>Whether one end can break off: Unix-domain sockets know only the end, unless something is left unread.</summary>
    public bool CanReset => _pairs is not null;

    public static VirtualWire Tcp(IPEndPoint server, VirtualPairs pairs) => new(pairs.Take(server), server, pairs);

    /// <summary>The client of a Unix-domain socket has no name.</summary>
    public static VirtualWire Unix(EndPoint server) => new(_unnamed, server, null);

    /// <summary>A pair that has no addresses but words: two pipes, for one.</summary>
    public static VirtualWire Named(EndPoint client, EndPoint server) => new(client, server, null);

    /// <summary>The client's address, to hand out.</summary>
    public EndPoint Client() => IPAddresses.Copy(_client);

    /// <summary>The server's address, to hand out.</summary>
    public EndPoint Server() => IPAddresses.Copy(_server);

    public void OnEndClosed()
    {
        if (--_openEnds == 0)
        {
            _pairs?.Free((IPEndPoint)_client, (IPEndPoint)_server);
        }
    }
}

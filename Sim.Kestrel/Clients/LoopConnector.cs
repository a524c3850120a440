using System.Net;
using System.Net.Sockets;
using Sim.Core;

#pragma warning disable RS0030 // Kestrel and HttpClient await without a context: with one of the loop's set they would go on on the pool.
namespace Sim.Kestrel;

/// <summary>Connects for an <see cref="HttpClient"/>, which asks for it on a thread of the pool. Any thread.</summary>
internal sealed class LoopConnector(LoopDoor door, INetwork network)
{
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (door.IsVirtual)
        {
            LoopTimeouts.Adopt(door.Loop, cancellationToken);
        }

        if (door.Loop.IsOnLoopThread)
        {
            return await ConnectHereAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
        }

        // The token ends the connecting and nothing else: a connection that is there is always handed over, or disposed.
        var stream = await door.Loop.RunCoroutineThreadSafe(
            async () => await ConnectHereAsync(context.DnsEndPoint, cancellationToken), CancellationToken.None).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return stream;
    }

    private async ValueTask<Stream> ConnectHereAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        NetworkException? failure = null;
        foreach (var address in Resolve(target.Host))
        {
            try
            {
                var connection = await network.ConnectAsync(new IPEndPoint(address, target.Port), cancellationToken);
                return new ConnectionStream(door.Loop, connection);
            }
            catch (NetworkException refused)
            {
                failure ??= refused;
            }
        }

        throw failure ?? new NetworkException(
            SocketError.HostNotFound,
            $"Connecting to {target.Host}:{target.Port} failed: the network of {door.Loop.Options.Name} knows localhost and addresses, and looks no names up.");
    }

    private static IPAddress[] Resolve(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) ? [address]
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : [];
}

using System.Net;
using Sim.Core;

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
            return await ConnectHereAsync(context, cancellationToken);
        }

        // The token ends the connecting and nothing else: a connection that is there is always handed over, or disposed.
        var stream = await door.Loop.RunCoroutineThreadSafe(
            async () => await ConnectHereAsync(context, cancellationToken), CancellationToken.None);
        if (cancellationToken.IsCancellationRequested)
        {
            await stream.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return stream;
    }

    private async ValueTask<Stream> ConnectHereAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        new ConnectionStream(door.Loop, await network.ConnectAsync(AddressOf(context.DnsEndPoint), cancellationToken));

    // What is an address already needs nobody who knows it.
    private static EndPoint AddressOf(DnsEndPoint target) =>
        IPAddress.TryParse(target.Host, out var address) ? new IPEndPoint(address, target.Port) : target;
}

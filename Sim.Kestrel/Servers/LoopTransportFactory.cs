using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Sim.Core;

namespace Sim.Kestrel;

/// <summary>Where Kestrel's connections come from: a network of the loop, instead of sockets of its own. Any thread.</summary>
internal sealed class LoopTransportFactory(LoopDoor door, INetwork network) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            var listener = door.Loop.IsOnLoopThread
                ? await network.ListenAsync(endpoint, LoopConnectionListener.Backlog, cancellationToken)
                : await door.Loop.RunCoroutineThreadSafe(
                    async () => await network.ListenAsync(endpoint, LoopConnectionListener.Backlog, cancellationToken), CancellationToken.None);
            // Kestrel begins to accept on the pool.
            return new LoopConnectionListener(door, listener, door.Expect($"the accepting at {listener.LocalEndPoint}"));
        }
        catch (NetworkException taken) when (taken.Error == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(taken.Message, taken);
        }
    }
}

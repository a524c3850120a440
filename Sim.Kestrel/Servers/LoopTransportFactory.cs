using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Sim.Core;

namespace Sim.Kestrel;

/// <summary>Where Kestrel's connections come from: a network of the loop, instead of sockets of its own. Any thread.</summary>
internal sealed class LoopTransportFactory(LoopDoor door, INetwork network) : IConnectionListenerFactory
{
    private readonly List<LoopConnectionListener> _listeners = [];

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            return door.Loop.IsOnLoopThread
                ? await BindHereAsync(endpoint, cancellationToken)
                : await door.Loop.RunCoroutineThreadSafe(
                    async () => await BindHereAsync(endpoint, cancellationToken), CancellationToken.None);
        }
        catch (NetworkException taken) when (taken.Error == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(taken.Message, taken);
        }
        catch (NetworkException failure) when (IsDispensable(endpoint))
        {
            // As with sockets: Kestrel does without it if there is another.
            throw new SocketException((int)failure.Error, failure.Message);
        }
    }

    private async ValueTask<LoopConnectionListener> BindHereAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            var listener = await ListenAsync(endpoint, cancellationToken);
            // Kestrel begins to accept on the pool.
            var bound = new LoopConnectionListener(door, listener, door.Expect($"the accepting at {listener.LocalEndPoint}"));
            _listeners.Add(bound);
            return bound;
        }
        catch (NetworkException failure) when (failure.Error == SocketError.AddressAlreadyInUse || !IsDispensable(endpoint))
        {
            // Kestrel gives up now, and blocks the thread until all that it has begun has ended: that has to happen before.
            await Asyncio.YieldAsync();
            foreach (var listener in _listeners)
            {
                await listener.EndAsync();
            }

            throw;
        }
    }

    // All addresses of IPv6 means all of IPv4 too: with sockets Kestrel has one that does both.
    private async ValueTask<IListener> ListenAsync(EndPoint endpoint, CancellationToken cancellationToken)
    {
        var listener = await network.ListenAsync(endpoint, LoopConnectionListener.Backlog, cancellationToken);
        if (listener.LocalEndPoint is not IPEndPoint { Port: var port } address || !address.Address.Equals(IPAddress.IPv6Any))
        {
            return listener;
        }

        try
        {
            var other = await network.ListenAsync(new IPEndPoint(IPAddress.Any, port), LoopConnectionListener.Backlog, cancellationToken);
            return new TwinListener(listener, other);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    private static bool IsDispensable(EndPoint endpoint) => endpoint is IPEndPoint { AddressFamily: AddressFamily.InterNetworkV6 };
}

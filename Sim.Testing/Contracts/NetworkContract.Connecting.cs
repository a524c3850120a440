using System.Net;
using System.Net.Sockets;
using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

public abstract partial class NetworkContract
{
    private ContractCase[] OnConnecting() =>
    [
        Case("Connecting where nobody listens is refused", ConnectRefused),
        Case("Both ends know both addresses", Addresses),
        Case("An address that was handed out or given belongs to who has it", AddressesAreCopies),
        Case("Listening where somebody listens is refused", ListenTwice),
        Case("An address of an unknown kind is refused", UnknownAddress),
        Case("Connections are accepted in the order in which they came", AcceptOrder),
        Case("A connection that nobody has accepted is broken off with its listener", NotAccepted),
        Case("A second accept while one waits is refused", AcceptTwice),
        Case("Many connections at once are served", ManyConnections),
    ];

    private static async Task ConnectRefused(INetwork network)
    {
        // Nobody listens at the client's end of a connection, and no other program can.
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        await RequireErrorAsync(
            SocketError.ConnectionRefused,
            async () => await network.ConnectAsync(near.LocalEndPoint), "connecting where nobody listens");
    }

    private static async Task Addresses(INetwork network)
    {
        using var listener = await network.ListenAsync(AnyPort);
        Require(listener.LocalEndPoint is IPEndPoint { Port: > 0 }, $"the listener at port 0 got no port: {listener.LocalEndPoint}.");
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        using var far = await listener.AcceptAsync();
        Require(
            near.RemoteEndPoint.Equals(far.LocalEndPoint) && far.RemoteEndPoint.Equals(near.LocalEndPoint),
            $"one end says {near.LocalEndPoint} to {near.RemoteEndPoint}, the other {far.LocalEndPoint} to {far.RemoteEndPoint}.");
        Require(
            near.RemoteEndPoint.Equals(listener.LocalEndPoint),
            $"who connected to {listener.LocalEndPoint} is at {near.RemoteEndPoint}.");
    }

    // An IPEndPoint can be changed by whoever holds it.
    private static async Task AddressesAreCopies(INetwork network)
    {
        var given = new IPEndPoint(IPAddress.Loopback, 0);
        using var listener = await network.ListenAsync(given);
        using var socket = await network.BindAsync(given);
        var target = (IPEndPoint)listener.LocalEndPoint.Create(listener.LocalEndPoint.Serialize());
        var bound = (IPEndPoint)socket.LocalEndPoint.Create(socket.LocalEndPoint.Serialize());
        Spoil(given, listener.LocalEndPoint, socket.LocalEndPoint);
        using var first = await network.ConnectAsync(target);
        using var accepted = await listener.AcceptAsync();
        Require(accepted.LocalEndPoint.Equals(target), $"its address was changed elsewhere, and a guest is at {accepted.LocalEndPoint}.");
        Spoil(first.RemoteEndPoint, first.LocalEndPoint, accepted.LocalEndPoint, accepted.RemoteEndPoint);
        using var second = await network.ConnectAsync(target);
        using var other = await listener.AcceptAsync();
        Require(second.RemoteEndPoint.Equals(target), $"the next connection is to {second.RemoteEndPoint}.");
        await first.SendAsync(new byte[1]);
        await ReceiveExactlyAsync(accepted, 1);
        await socket.SendToAsync(new byte[1], bound);
        var (_, from) = await ReceiveDatagramAsync(socket);
        Require(from.Equals(bound), $"a datagram from {bound} says that it is from {from}.");
        Spoil(from);
        await socket.SendToAsync(new byte[1], bound);
        (_, from) = await ReceiveDatagramAsync(socket);
        Require(from.Equals(bound), $"the next datagram from {bound} says that it is from {from}.");
    }

    private static void Spoil(params EndPoint[] addresses)
    {
        foreach (var address in addresses.Cast<IPEndPoint>())
        {
            (address.Address, address.Port) = (IPAddress.Broadcast, 1);
        }
    }

    private static async Task ListenTwice(INetwork network)
    {
        using var listener = await network.ListenAsync(AnyPort);
        await RequireErrorAsync(
            SocketError.AddressAlreadyInUse,
            async () => await network.ListenAsync(listener.LocalEndPoint), "listening twice at one address");
    }

    private static async Task UnknownAddress(INetwork network)
    {
        var (strange, name) = (new StrangeEndPoint(), new DnsEndPoint("localhost", 80));
        await RequireThrowsAsync<NotSupportedException>(async () => await network.ConnectAsync(strange), "connecting to a strange address");
        await RequireThrowsAsync<NotSupportedException>(async () => await network.ListenAsync(strange), "listening at a strange address");
        await RequireThrowsAsync<NotSupportedException>(async () => await network.ListenAsync(name), "listening at a name");
        await RequireThrowsAsync<NotSupportedException>(async () => await network.BindAsync(name), "binding to a name");
        await RequireThrowsAsync<NotSupportedException>(async () => await network.BindAsync(AnyPort, name), "binding with a name");
    }

    private sealed class StrangeEndPoint : EndPoint;

    private static async Task AcceptOrder(INetwork network)
    {
        const int Count = 10;
        using var listener = await network.ListenAsync(AnyPort);
        var clients = new List<IConnection>();
        for (byte i = 0; i < Count; i++)
        {
            clients.Add(await network.ConnectAsync(listener.LocalEndPoint));
            await clients[i].SendAsync(new[] { i });
        }

        for (byte i = 0; i < Count; i++)
        {
            using var accepted = await listener.AcceptAsync();
            var bytes = await ReceiveExactlyAsync(accepted, 1);
            Require(bytes[0] == i, $"accept number {i} gave connection number {bytes[0]}.");
        }

        clients.ForEach(static client => client.Dispose());
    }

    private static async Task NotAccepted(INetwork network)
    {
        var listener = await network.ListenAsync(AnyPort);
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        listener.Dispose();
        listener.Dispose();
        await RequireResetAsync(async () => await near.ReceiveAsync(new byte[1]), "receiving from a listener that is gone");
        await RequireThrowsAsync<ObjectDisposedException>(async () => await listener.AcceptAsync(), "accepting at a disposed listener");
    }

    private static async Task AcceptTwice(INetwork network)
    {
        using var listener = await network.ListenAsync(AnyPort);
        var first = Asyncio.CreateTask(async () => await listener.AcceptAsync());
        await SettleAsync();
        await RequireThrowsAsync<InvalidOperationException>(async () => await listener.AcceptAsync(), "a second accept");
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        (await first).Dispose();
    }

    private static async Task ManyConnections(INetwork network)
    {
        const int Count = 100;
        using var listener = await network.ListenAsync(AnyPort);
        var server = Asyncio.CreateTask(async () =>
        {
            var echoes = new List<LoopTask<int>>();
            for (var i = 0; i < Count; i++)
            {
                var accepted = await listener.AcceptAsync();
                echoes.Add(Asyncio.CreateTask(() => EchoAsync(accepted)));
            }

            return (await Asyncio.GatherAsync([.. echoes])).Sum();
        });
        var clients = Enumerable.Range(0, Count).Select(i => Asyncio.CreateTask(async () =>
        {
            using var near = await network.ConnectAsync(listener.LocalEndPoint);
            var message = BitConverter.GetBytes(i);
            await near.SendAsync(message);
            var answer = await ReceiveExactlyAsync(near, message.Length);
            near.ShutdownSend();
            await RequireEndAsync(near, "after the last byte of an echo");
            return BitConverter.ToInt32(answer);
        }));
        var answers = await Asyncio.GatherAsync([.. clients]);
        Require(answers.SequenceEqual(Enumerable.Range(0, Count)), "an answer went to another connection.");
        var echoed = await server;
        Require(echoed == Count * sizeof(int), $"{echoed} bytes were echoed instead of {Count * sizeof(int)}.");
    }

    private static async Task<int> EchoAsync(IConnection connection)
    {
        using (connection)
        {
            var (buffer, sum) = (new byte[1024], 0);
            while (await connection.ReceiveAsync(buffer) is > 0 and var count)
            {
                await connection.SendAsync(buffer.AsMemory(0, count));
                sum += count;
            }

            return sum;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

public abstract partial class NetworkContract
{
    private ContractCase[] OnDatagrams() =>
    [
        Case("A datagram arrives whole, and says who sent it", DatagramArrives),
        Case("Datagrams keep their borders, empty ones too", DatagramBorders),
        Case("What does not fit into the buffer is lost, and that is told", DatagramIsCut),
        Case("A datagram that is too long is refused", DatagramTooLong),
        Case("Binding where somebody is bound is refused", BindTwice),
        Case("A connected datagram socket hears its peer alone", ConnectedHearsOne),
        Case("A connected datagram socket is told that nobody receives", ConnectedIsRefused),
        Case("A datagram to nobody is lost without a word", DatagramToNobody),
        Case("Datagrams that nobody receives are dropped, and block nobody for ever", DatagramsAreDropped),
        Case("A cancelled receive takes no datagram", CancelReceiveFrom),
        Case("Disposing ends a receive of datagrams that waits", DisposeWhileReceivingFrom),
        Case("A second receive of datagrams while one waits is refused", ReceiveFromTwice),
    ];

    private static async Task DatagramArrives(INetwork network)
    {
        using var one = await network.BindAsync(AnyPort);
        using var other = await network.BindAsync(new IPEndPoint(IPAddress.Any, 0));
        Require(one.LocalEndPoint is IPEndPoint { Port: > 0 }, $"a socket at port 0 got no port: {one.LocalEndPoint}.");
        Require(one.RemoteEndPoint is null, $"a socket that is not connected says that it is, to {one.RemoteEndPoint}.");
        await one.SendToAsync("hello"u8.ToArray(), other.LocalEndPoint);
        var (bytes, from) = await ReceiveDatagramAsync(other);
        Require(bytes.AsSpan().SequenceEqual("hello"u8), $"{bytes.Length} other bytes arrived.");
        Require(from.Equals(one.LocalEndPoint), $"a datagram from {one.LocalEndPoint} says that it is from {from}.");
        await other.SendToAsync("again"u8.ToArray(), from);
        (bytes, from) = await ReceiveDatagramAsync(one);
        Require(bytes.AsSpan().SequenceEqual("again"u8), $"{bytes.Length} other bytes came back.");
        var port = ((IPEndPoint)other.LocalEndPoint).Port;
        Require(from.Equals(new IPEndPoint(IPAddress.Loopback, port)), $"an answer from port {port} says that it is from {from}.");
    }

    // They may come in any order, so each says which it is by its length.
    private static async Task DatagramBorders(INetwork network)
    {
        int[] lengths = [0, 1, 2, 400, 1472, 9000, 65507];
        using var one = await network.BindAsync(AnyPort);
        using var other = await network.BindAsync(AnyPort);
        foreach (var length in lengths)
        {
            await one.SendToAsync(Enumerable.Range(0, length).Select(place => ByteAt(place, 7)).ToArray(), other.LocalEndPoint);
            var (bytes, _) = await ReceiveDatagramAsync(other);
            Require(bytes.Length == length, $"a datagram of {length} bytes arrived with {bytes.Length}.");
            Require(bytes.Select((value, place) => value == ByteAt(place, 7)).All(static same => same), "a byte has changed.");
        }

        var expected = new List<int>();
        for (var length = 0; length < 6; length++)
        {
            await one.SendToAsync(new byte[length], other.LocalEndPoint);
            expected.Add(length);
        }

        var arrived = new List<int>();
        for (var count = 0; count < expected.Count; count++)
        {
            arrived.Add((await ReceiveDatagramAsync(other)).Bytes.Length);
        }

        Require(arrived.Order().SequenceEqual(expected), $"datagrams of 0 to 5 bytes arrived with {string.Join(", ", arrived)}.");
    }

    private static async Task DatagramIsCut(INetwork network)
    {
        using var one = await network.BindAsync(AnyPort);
        using var other = await network.BindAsync(AnyPort, one.LocalEndPoint);
        foreach (var (sender, receiver) in ((IDatagramSocket, IDatagramSocket)[])[(one, other), (other, one)])
        {
            foreach (var room in (int[])[4, 0, 5])
            {
                await SendAsync(sender, "hello"u8.ToArray(), receiver.LocalEndPoint);
                var buffer = new byte[7];
                var received = await receiver.ReceiveFromAsync(buffer.AsMemory(1, room));
                Require(received.Count == room, $"a receive into {room} bytes of a datagram of 5 took {received.Count}.");
                Require(received.IsTruncated == room < 5, $"a receive into {room} bytes of 5 says truncated: {received.IsTruncated}.");
                Require(buffer[0] == 0 && buffer[room + 1] == 0, "a receive wrote beside its buffer.");
                Require(buffer.AsSpan(1, room).SequenceEqual("hello"u8[..room]), "a receive that cut a datagram changed its bytes.");
            }

            await SendAsync(sender, "next"u8.ToArray(), receiver.LocalEndPoint);
            Require((await ReceiveDatagramAsync(receiver)).Bytes.Length == 4, "after a datagram that was cut its rest was received.");
        }
    }

    private static async Task DatagramTooLong(INetwork network)
    {
        using var one = await network.BindAsync(AnyPort);
        using var other = await network.BindAsync(AnyPort, one.LocalEndPoint);
        await RequireErrorAsync(
            SocketError.MessageSize, async () => await one.SendToAsync(new byte[65508], other.LocalEndPoint), "sending 65508 bytes");
        await RequireErrorAsync(
            SocketError.MessageSize, async () => await other.SendAsync(new byte[70000]), "sending 70000 bytes when connected");
        await other.SendAsync(new byte[3]);
        Require((await ReceiveDatagramAsync(one)).Bytes.Length == 3, "after one that was too long, something else arrived.");
    }

    private static async Task BindTwice(INetwork network)
    {
        using var one = await network.BindAsync(AnyPort);
        await RequireErrorAsync(
            SocketError.AddressAlreadyInUse, async () => await network.BindAsync(one.LocalEndPoint), "binding twice to one address");
        var address = one.LocalEndPoint;
        one.Dispose();
        one.Dispose();
        using var again = await network.BindAsync(address);
    }

    private static async Task ConnectedHearsOne(INetwork network)
    {
        using var peer = await network.BindAsync(AnyPort);
        using var stranger = await network.BindAsync(AnyPort);
        using var socket = await network.BindAsync(AnyPort, peer.LocalEndPoint);
        Require(peer.LocalEndPoint.Equals(socket.RemoteEndPoint), $"connected to {peer.LocalEndPoint}, it says {socket.RemoteEndPoint}.");
        await stranger.SendToAsync(new byte[1], socket.LocalEndPoint);
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(50));
        await peer.SendToAsync(new byte[2], socket.LocalEndPoint);
        var (bytes, from) = await ReceiveDatagramAsync(socket);
        Require(bytes.Length == 2 && from.Equals(peer.LocalEndPoint), $"it heard {bytes.Length} bytes from {from}.");
        await RequireThrowsAsync<InvalidOperationException>(
            async () => await socket.SendToAsync(new byte[1], stranger.LocalEndPoint), "sending to a stranger when connected");
        await RequireThrowsAsync<InvalidOperationException>(
            async () => await stranger.SendAsync(new byte[1]), "sending to nobody in particular when not connected");
        await socket.SendAsync(new byte[3]);
        Require((await ReceiveDatagramAsync(peer)).Bytes.Length == 3, "the peer did not hear what was sent to it.");
    }

    // Nobody hears strangers at the address of a socket that is connected, and nobody else can take it.
    private static async Task ConnectedIsRefused(INetwork network)
    {
        using var third = await network.BindAsync(AnyPort);
        using var deaf = await network.BindAsync(AnyPort, third.LocalEndPoint);
        using var socket = await network.BindAsync(AnyPort, deaf.LocalEndPoint);
        for (var round = 0; round < 2; round++)
        {
            var receiving = Asyncio.CreateTask(async () => await socket.ReceiveFromAsync(new byte[1]));
            await SettleAsync();
            await socket.SendAsync(new byte[1]);
            await RequireErrorAsync(
                SocketError.ConnectionRefused, async () => await receiving, "a receive, after sending to where nobody receives");
        }

        await RequireErrorAsync(
            SocketError.ConnectionRefused,
            async () =>
            {
                for (var count = 0; count < 1000; count++)
                {
                    await socket.SendAsync(new byte[1]);
                    await SettleAsync();
                }
            },
            "sending a thousand times to where nobody receives");
    }

    private static async Task DatagramToNobody(INetwork network)
    {
        using var third = await network.BindAsync(AnyPort);
        using var deaf = await network.BindAsync(AnyPort, third.LocalEndPoint);
        using var socket = await network.BindAsync(AnyPort);
        for (var count = 0; count < 3; count++)
        {
            await socket.SendToAsync(new byte[1], deaf.LocalEndPoint);
            await SettleAsync();
        }

        await third.SendToAsync(new byte[2], socket.LocalEndPoint);
        Require((await ReceiveDatagramAsync(socket)).Bytes.Length == 2, "after datagrams to nobody, something else was received.");
    }

    private static async Task DatagramsAreDropped(INetwork network)
    {
        const int Count = 40_000;
        using var one = await network.BindAsync(AnyPort);
        using var other = await network.BindAsync(AnyPort);
        for (var i = 0; i < Count; i++)
        {
            await one.SendToAsync(BitConverter.GetBytes(i), other.LocalEndPoint);
        }

        // What is under way has its time to arrive. Then one that is known by its length is sent until it comes: it is dropped, too,
        // while nothing is received.
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(50));
        var marking = Asyncio.CreateTask(async () =>
        {
            while (true)
            {
                await one.SendToAsync(new byte[3], other.LocalEndPoint);
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(20));
            }
        });
        var arrived = new List<int>();
        while ((await ReceiveDatagramAsync(other)).Bytes is { Length: not 3 } bytes)
        {
            arrived.Add(BitConverter.ToInt32(bytes));
        }

        marking.Cancel();
        await Asyncio.WaitAsync([marking]);
        Require(arrived.Count is > 0 and < Count, $"{arrived.Count} of {Count} datagrams were kept for one who does not receive.");
        Require(arrived.Distinct().Count() == arrived.Count, "a datagram arrived twice.");
    }

    private static async Task CancelReceiveFrom(INetwork network)
    {
        using var one = await network.BindAsync(AnyPort);
        using var other = await network.BindAsync(AnyPort);
        using var source = new CancellationTokenSource();
        var byToken = Asyncio.CreateTask(async () => await other.ReceiveFromAsync(new byte[1], source.Token));
        await SettleAsync();
        source.Cancel();
        await RequireThrowsAsync<OperationCanceledException>(async () => await byToken, "a receive whose token was cancelled");
        var none = new CancellationToken(canceled: true);
        await RequireThrowsAsync<OperationCanceledException>(async () => await network.BindAsync(AnyPort, null, none), "binding");
        await RequireThrowsAsync<OperationCanceledException>(
            async () => await one.SendToAsync(new byte[1], other.LocalEndPoint, none), "sending with a token that was cancelled before");
        await RequireThrowsAsync<OperationCanceledException>(
            async () => await other.ReceiveFromAsync(new byte[1], none), "receiving with a token that was cancelled before");
        // Cancelled in the moment in which it comes, too.
        for (byte round = 1; round < 10; round++)
        {
            var receiving = Asyncio.CreateTask(async () => await other.ReceiveFromAsync(new byte[1]));
            await SettleAsync();
            await one.SendToAsync(new[] { round }, other.LocalEndPoint);
            for (var turns = 0; turns < round / 2; turns++)
            {
                await Asyncio.YieldAsync();
            }

            receiving.Cancel();
            await Asyncio.WaitAsync([receiving]);
            if (receiving.IsCancelled)
            {
                var (bytes, _) = await ReceiveDatagramAsync(other);
                Require(bytes.Length == 1 && bytes[0] == round, "after a cancelled receive another datagram came.");
            }
        }
    }

    private static async Task DisposeWhileReceivingFrom(INetwork network)
    {
        var socket = await network.BindAsync(AnyPort);
        var receiving = Asyncio.CreateTask(async () => await socket.ReceiveFromAsync(new byte[1]));
        await SettleAsync();
        socket.Dispose();
        await RequireThrowsAsync<ObjectDisposedException>(async () => await receiving, "a receive at a socket that is disposed then");
        await RequireThrowsAsync<ObjectDisposedException>(
            async () => await socket.ReceiveFromAsync(new byte[1]), "receiving at a disposed socket");
        await RequireThrowsAsync<ObjectDisposedException>(
            async () => await socket.SendToAsync(new byte[1], AnyPort), "sending from a disposed socket");
    }

    private static async Task ReceiveFromTwice(INetwork network)
    {
        using var one = await network.BindAsync(AnyPort);
        using var other = await network.BindAsync(AnyPort);
        var first = Asyncio.CreateTask(async () => await other.ReceiveFromAsync(new byte[1]));
        await SettleAsync();
        await RequireThrowsAsync<InvalidOperationException>(async () => await other.ReceiveFromAsync(new byte[1]), "a second receive");
        await one.SendToAsync(new byte[1], other.LocalEndPoint);
        Require((await first).Count == 1, "the first receive did not get the datagram.");
    }

    private static ValueTask SendAsync(IDatagramSocket socket, byte[] bytes, EndPoint remote) =>
        socket.RemoteEndPoint is null ? socket.SendToAsync(bytes, remote) : socket.SendAsync(bytes);

    private static async Task<(byte[] Bytes, EndPoint From)> ReceiveDatagramAsync(IDatagramSocket socket)
    {
        var buffer = new byte[70_000];
        var received = await socket.ReceiveFromAsync(buffer);
        Require(!received.IsTruncated, $"a datagram of {received.Count} bytes says that it was cut, in a buffer of {buffer.Length}.");
        return (buffer[..received.Count], received.RemoteEndPoint);
    }
}

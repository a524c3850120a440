using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>A contract that every network passes proves nothing: each planted fault must be found, by the case for it.</summary>
public sealed class NetworkContractOnFaultyNetworksTests
{
    private static readonly UnixDomainSocketEndPoint _elsewhere = new("elsewhere");

    private static readonly Fault[] _faults =
    [
        new("Connecting where nobody listens is refused") { Connect = static async (inner, remote) =>
        {
            try
            {
                return await inner.ConnectAsync(remote);
            }
            catch (NetworkException)
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }
        } },
        new("An address that was handed out or given belongs to who has it") { Listen = static async (inner, local) =>
        {
            var listener = await inner.ListenAsync(local);
            // The address is kept as it was given.
            ((IPEndPoint)local).Port = ((IPEndPoint)listener.LocalEndPoint).Port;
            return new KeptAddress(listener, local);
        } },
        new("A timeout ends every other wait, and takes nothing") { Listen = static async (inner, local) =>
            new Greedy(await inner.ListenAsync(local)) },
        new("What is sent is received, in both directions") { Send = static (inner, bytes, token) =>
        {
            var reversed = bytes.ToArray();
            Array.Reverse(reversed);
            return inner.SendAsync(reversed, token);
        } },
        new("Bytes come in order, however they are cut") { Send = static (inner, bytes, token) =>
            bytes.Length > 5000 ? inner.SendAsync(bytes[1..], token) : inner.SendAsync(bytes, token) },
        new("A send waits while nobody reads, and goes on when somebody does") { Send = static (_, _, _) => ValueTask.CompletedTask },
        new("A receive takes what there is room for, and leaves the rest") { Receive = static async (inner, buffer, token) =>
        {
            var larger = new byte[buffer.Length * 2];
            var count = Math.Min(await inner.ReceiveAsync(larger, token), buffer.Length);
            larger.AsMemory(0, count).CopyTo(buffer);
            return count;
        } },
        new("A receive that filled its buffer is followed at once by the next, while there are bytes") { Receive = static async (inner, buffer, token) =>
        {
            await Asyncio.YieldAsync();
            return await inner.ReceiveAsync(buffer, token);
        } },
        new("After a receive that did not fill its buffer the next one waits for its turn") { Receive = static (inner, buffer, token) =>
            inner.ReceiveAsync(buffer[..1], token) },
        new("An error comes when the call is awaited, also one that is known at once") { Send = static (inner, bytes, token) =>
        {
            var sending = inner.SendAsync(bytes, token);
            return sending.IsFaulted ? throw sending.AsTask().Exception!.InnerException! : sending;
        } },
        new("A cancelled receive takes no byte") { Receive = static (inner, buffer, _) => inner.ReceiveAsync(buffer) },
        new("The end of one direction is received as 0 bytes, and the other goes on") { End = static _ => { } },
        new("The end of one direction is received as 0 bytes, and the other goes on") { End = static inner => inner.Dispose() },
        new("A reset ends a receive that waits") { Break = static inner => inner.Dispose() },
        new("A reset that a send was told is told to a receive too") { Receive = static async (inner, buffer, token) =>
        {
            try
            {
                return await inner.ReceiveAsync(buffer, token);
            }
            catch (NetworkException)
            {
                return 0;
            }
        } },
        new("An end stays one when a send fails after it") { Receive = static async (inner, buffer, token) =>
            await inner.ReceiveAsync(buffer, token) is > 0 and var count ? count : throw NotAvailable() },
        new("Closing sends what was sent, then the end") { Close = static inner => inner.Abort() },
        new("Closing with unread bytes breaks the connection off") { Close = static inner => inner.ShutdownSend() },
        new("A Unix-domain socket carries bytes in both directions, and ends") { End = static _ => { } },
        new("A path has an address, and its client has none") { Listen = static (inner, local) =>
            inner.ListenAsync(local is UnixDomainSocketEndPoint ? _elsewhere : local) },
        new("Connecting to a path where nobody listens is refused") { Connect = static (inner, remote) =>
            remote is UnixDomainSocketEndPoint ? throw NotAvailable() : inner.ConnectAsync(remote) },
        new("Listening at a path where somebody listens is refused") { Listen = static async (inner, local) =>
        {
            try
            {
                return await inner.ListenAsync(local);
            }
            catch (NetworkException)
            {
                // As asyncio does it: it takes the path away from whoever has it.
                return await inner.ListenAsync(_elsewhere);
            }
        } },
        new("A path is free again when its listener is gone") { CloseListener = static _ => { } },
        new("Cancelling at a path takes nothing") { Receive = static (inner, buffer, _) => ReadAheadAsync(inner, buffer) },
        new("Breaking off a Unix-domain socket that has read all is an end there") { Receive = static async (inner, buffer, token) =>
            await inner.ReceiveAsync(buffer, token) is > 0 and var count ? count : throw NotAvailable() },
        new("Closing a Unix-domain socket with unread bytes breaks it off") { Close = static inner => inner.ShutdownSend() },
        new("Sending at a path to one who has closed fails at once") { Send = static async (inner, bytes, token) =>
        {
            try
            {
                await inner.SendAsync(bytes, token);
            }
            catch (NetworkException)
            {
                // It went nowhere, and nobody is told.
            }
        } },
        new("A listener at a path that is disposed breaks off whoever was not accepted") { CloseListener = static _ => { } },
        new("A name is connected to, at whichever of its addresses somebody listens") { Connect = static (inner, remote) =>
            inner.ConnectAsync(remote is DnsEndPoint name ? new IPEndPoint(IPAddress.IPv6Loopback, name.Port) : remote) },
        new("An address in text is a name too") { Connect = static (inner, remote) =>
            inner.ConnectAsync(remote is DnsEndPoint name ? new DnsEndPoint(name.Host, name.Port) : remote) },
        new("Connecting to a name where nobody listens is refused, with all addresses") { Connect = static (inner, remote) =>
            inner.ConnectAsync(remote is DnsEndPoint name ? new IPEndPoint(IPAddress.Loopback, name.Port) : remote) },
        new("A name that nobody knows is not found") { Connect = static (inner, remote) =>
            inner.ConnectAsync(remote is DnsEndPoint name ? new IPEndPoint(IPAddress.Loopback, name.Port) : remote) },
        new("A cancelled connect to a name leaves the listener as it was") { Connect = static async (inner, remote) =>
        {
            var connection = await inner.ConnectAsync(remote);
            if (remote is DnsEndPoint)
            {
                // Known to the system before it is known here, and forgotten when it is cancelled now.
                await Asyncio.YieldAsync();
            }

            return connection;
        } },
    ];

    [TestCaseSource(nameof(_faults))]
    public void AFault_IsFound_ByTheCaseForIt(Fault fault)
    {
        var demand = new FaultyContract(fault).Cases.Single(demand => demand.Name == fault.Demand);
        Assert.That(() => demand.Run(), Throws.TypeOf<ContractViolationException>().With.Message.StartsWith($"\"{fault.Demand}\": "));
    }

    private static NetworkException NotAvailable() => new(SocketError.AddressNotAvailable, "It is not there.");

    // Whoever is cancelled has taken a byte.
    private static async ValueTask<int> ReadAheadAsync(IConnection inner, Memory<byte> buffer)
    {
        return await Asyncio.Shield(Asyncio.CreateTask(async () => await inner.ReceiveAsync(buffer)));
    }

    public sealed class Fault(string demand)
    {
        public string Demand => demand;

        public Func<INetwork, EndPoint, ValueTask<IConnection>> Connect { get; init; } =
            static (inner, remote) => inner.ConnectAsync(remote);

        public Func<INetwork, EndPoint, ValueTask<IListener>> Listen { get; init; } =
            static (inner, local) => inner.ListenAsync(local);

        public Action<IListener> CloseListener { get; init; } = static inner => inner.Dispose();

        public Func<IConnection, Memory<byte>, CancellationToken, ValueTask<int>> Receive { get; init; } =
            static (inner, buffer, token) => inner.ReceiveAsync(buffer, token);

        public Func<IConnection, ReadOnlyMemory<byte>, CancellationToken, ValueTask> Send { get; init; } =
            static (inner, bytes, token) => inner.SendAsync(bytes, token);

        public Action<IConnection> End { get; init; } = static inner => inner.ShutdownSend();

        public Action<IConnection> Break { get; init; } = static inner => inner.Abort();

        public Action<IConnection> Close { get; init; } = static inner => inner.Dispose();

        public override string ToString() => Demand;
    }

    private sealed class FaultyContract(Fault fault) : NetworkContract
    {
        public override TimeSpan TimeLimit => TimeSpan.FromSeconds(10);

        protected override EventLoop CreateLoop() =>
            Asyncio.NewVirtualEventLoop(new LoopOptions { Log = static _ => { }, ReportLostFailuresEarly = false });

        protected override INetwork CreateNetwork(EventLoop loop) => new FaultyNetwork(new VirtualNetwork(loop), fault);
    }

    private sealed class FaultyNetwork(INetwork inner, Fault fault) : INetwork
    {
        public async ValueTask<IConnection> ConnectAsync(EndPoint remote, CancellationToken cancellationToken = default) =>
            new FaultyConnection(await fault.Connect(inner, remote), fault);

        public async ValueTask<IListener> ListenAsync(EndPoint local, int backlog = 128, CancellationToken cancellationToken = default) =>
            new FaultyListener(await fault.Listen(inner, local), fault);

        public ValueTask<IDatagramSocket> BindAsync(EndPoint local, EndPoint? remote = null, CancellationToken token = default) =>
            inner.BindAsync(local, remote, token);
    }

    private sealed class FaultyListener(IListener inner, Fault fault) : IListener
    {
        public EndPoint LocalEndPoint => inner.LocalEndPoint;

        public async ValueTask<IConnection> AcceptAsync(CancellationToken cancellationToken = default) =>
            new FaultyConnection(await inner.AcceptAsync(cancellationToken), fault);

        public void Dispose() => fault.CloseListener(inner);
    }

    /// <summary>An accept that is cancelled waits on, in secret, and keeps what comes.</summary>
    private sealed class Greedy(IListener inner) : IListener
    {
        public EndPoint LocalEndPoint => inner.LocalEndPoint;

        public async ValueTask<IConnection> AcceptAsync(CancellationToken cancellationToken = default) =>
            await Asyncio.Shield(Asyncio.CreateTask(async () => await inner.AcceptAsync(CancellationToken.None)));

        public void Dispose() => inner.Dispose();
    }

    private sealed class KeptAddress(IListener inner, EndPoint address) : IListener
    {
        public EndPoint LocalEndPoint => address;

        public async ValueTask<IConnection> AcceptAsync(CancellationToken cancellationToken = default) =>
            new Renamed(await inner.AcceptAsync(cancellationToken), address);

        public void Dispose() => inner.Dispose();
    }

    private sealed class Renamed(IConnection inner, EndPoint address) : IConnection
    {
        public EndPoint LocalEndPoint => address;

        public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReceiveAsync(buffer, cancellationToken);

        public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
            inner.SendAsync(bytes, cancellationToken);

        public void ShutdownSend() => inner.ShutdownSend();

        public void Abort() => inner.Abort();

        public void Dispose() => inner.Dispose();
    }

    private sealed class FaultyConnection(IConnection inner, Fault fault) : IConnection
    {
        public EndPoint LocalEndPoint => inner.LocalEndPoint;

        public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            fault.Receive(inner, buffer, cancellationToken);

        public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
            fault.Send(inner, bytes, cancellationToken);

        public void ShutdownSend() => fault.End(inner);

        public void Abort() => fault.Break(inner);

        public void Dispose() => fault.Close(inner);
    }
}

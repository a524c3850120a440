using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>A contract that every network passes proves nothing: each planted fault must be found, by the case for it.</summary>
public sealed class NetworkContractOnFaultyNetworksTests
{
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
        new("Closing sends what was sent, then the end") { Close = static inner => inner.Abort() },
        new("Closing with unread bytes breaks the connection off") { Close = static inner => inner.ShutdownSend() },
    ];

    [TestCaseSource(nameof(_faults))]
    public void AFault_IsFound_ByTheCaseForIt(Fault fault)
    {
        var demand = new FaultyContract(fault).Cases.Single(demand => demand.Name == fault.Demand);
        Assert.That(() => demand.Run(), Throws.TypeOf<ContractViolationException>().With.Message.StartsWith($"\"{fault.Demand}\": "));
    }

    public sealed class Fault(string demand)
    {
        public string Demand => demand;

        public Func<INetwork, EndPoint, ValueTask<IConnection>> Connect { get; init; } =
            static (inner, remote) => inner.ConnectAsync(remote);

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
            new FaultyListener(await inner.ListenAsync(local, backlog, cancellationToken), fault);

        public ValueTask<IDatagramSocket> BindAsync(EndPoint local, EndPoint? remote = null, CancellationToken cancellationToken = default) =>
            inner.BindAsync(local, remote, cancellationToken);
    }

    private sealed class FaultyListener(IListener inner, Fault fault) : IListener
    {
        public EndPoint LocalEndPoint => inner.LocalEndPoint;

        public async ValueTask<IConnection> AcceptAsync(CancellationToken cancellationToken = default) =>
            new FaultyConnection(await inner.AcceptAsync(cancellationToken), fault);

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

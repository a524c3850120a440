using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>As for connections: each fault that is planted into datagrams is found by the case for it.</summary>
public sealed class NetworkContractOnFaultyDatagramsTests
{
    private static readonly Fault[] _faults =
    [
        new("A datagram arrives whole, and says who sent it") { Receive = static async (inner, buffer, token) =>
            await inner.ReceiveFromAsync(buffer, token) with { RemoteEndPoint = new IPEndPoint(IPAddress.Any, 0) } },
        new("Datagrams keep their borders, empty ones too") { Receive = TwoInOneAsync },
        new("Datagrams keep their borders, empty ones too") { Send = static (inner, bytes, remote, token) =>
            bytes.IsEmpty ? ValueTask.CompletedTask : SendAsync(inner, bytes, remote, token) },
        new("What does not fit into the buffer is lost, and that is told") { Receive = static async (inner, buffer, token) =>
            await inner.ReceiveFromAsync(buffer, token) with { IsTruncated = false } },
        new("A datagram that is too long is refused") { Send = static (inner, bytes, remote, token) =>
            SendAsync(inner, bytes[..Math.Min(bytes.Length, 65507)], remote, token) },
        new("Binding where somebody is bound is refused") { Bind = static (inner, local, remote) =>
            inner.BindAsync(new IPEndPoint(((IPEndPoint)local).Address, 0), remote) },
        new("A connected datagram socket hears its peer alone") { IsDeafToBorders = true },
        new("A connected datagram socket is told that nobody receives") { Send = static async (inner, bytes, remote, token) =>
        {
            try
            {
                await SendAsync(inner, bytes, remote, token);
            }
            catch (NetworkException)
            {
                // It may be there next time.
            }
        } },
        new("A datagram to nobody is lost without a word") { Send = static (inner, bytes, remote, token) => inner.RemoteEndPoint is null
            ? throw new NetworkException(SocketError.ConnectionRefused, "Nobody is there.")
            : SendAsync(inner, bytes, remote, token) },
        new("Datagrams that nobody receives are dropped, and block nobody for ever") { Receive = TwiceAsync },
        new("A cancelled receive takes no datagram") { Receive = static (inner, buffer, _) => inner.ReceiveFromAsync(buffer) },
        new("Disposing ends a receive of datagrams that waits") { Close = static _ => { } },
        new("A second receive of datagrams while one waits is refused") { Receive = InTurnAsync },
    ];

    private static Task _last = Task.CompletedTask;
    private static ReceivedDatagram? _again;

    [TestCaseSource(nameof(_faults))]
    public void AFault_IsFound_ByTheCaseForIt(Fault fault)
    {
        var demand = new FaultyContract(fault).Cases.Single(demand => demand.Name == fault.Demand);
        Assert.That(() => demand.Run(), Throws.TypeOf<ContractViolationException>().With.Message.StartsWith($"\"{fault.Demand}\": "));
    }

    private static ValueTask SendAsync(IDatagramSocket inner, ReadOnlyMemory<byte> bytes, EndPoint? remote, CancellationToken token) =>
        remote is null ? inner.SendAsync(bytes, token) : inner.SendToAsync(bytes, remote, token);

    // A stream's habit: what comes soon after is appended.
    private static async ValueTask<ReceivedDatagram> TwoInOneAsync(
        IDatagramSocket inner, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var first = await inner.ReceiveFromAsync(buffer, cancellationToken);
        using var soon = new CancellationTokenSource();
        var more = Asyncio.CreateTask(async () => await inner.ReceiveFromAsync(buffer[first.Count..], soon.Token));
        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1), cancellationToken);
        soon.Cancel();
        await Asyncio.WaitAsync([more], cancellationToken: cancellationToken);
        return more.IsCancelled ? first : first with { Count = first.Count + (await more).Count };
    }

    private static async ValueTask<ReceivedDatagram> TwiceAsync(
        IDatagramSocket inner, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_again is { } again)
        {
            _again = null;
            return again;
        }

        _again = await inner.ReceiveFromAsync(buffer, cancellationToken);
        return _again.Value;
    }

    private static async ValueTask<ReceivedDatagram> InTurnAsync(
        IDatagramSocket inner, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var before = _last;
        var mine = new TaskCompletionSource();
        _last = mine.Task;
        await before;
        try
        {
            return await inner.ReceiveFromAsync(buffer, cancellationToken);
        }
        finally
        {
            mine.SetResult();
        }
    }

    public sealed class Fault(string demand)
    {
        public string Demand => demand;

        public Func<INetwork, EndPoint, EndPoint?, ValueTask<IDatagramSocket>> Bind { get; init; } =
            static (inner, local, remote) => inner.BindAsync(local, remote);

        /// <summary>A socket that says that it is connected, and hears everybody.</summary>
        public bool IsDeafToBorders { get; init; }

        public Func<IDatagramSocket, Memory<byte>, CancellationToken, ValueTask<ReceivedDatagram>> Receive { get; init; } =
            static (inner, buffer, token) => inner.ReceiveFromAsync(buffer, token);

        public Func<IDatagramSocket, ReadOnlyMemory<byte>, EndPoint?, CancellationToken, ValueTask> Send { get; init; } = SendAsync;

        public Action<IDatagramSocket> Close { get; init; } = static inner => inner.Dispose();

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
        public ValueTask<IConnection> ConnectAsync(EndPoint remote, CancellationToken cancellationToken = default) =>
            inner.ConnectAsync(remote, cancellationToken);

        public ValueTask<IListener> ListenAsync(EndPoint local, int backlog = 128, CancellationToken cancellationToken = default) =>
            inner.ListenAsync(local, backlog, cancellationToken);

        public async ValueTask<IDatagramSocket> BindAsync(
            EndPoint local, EndPoint? remote = null, CancellationToken cancellationToken = default) => new FaultySocket(
            await fault.Bind(inner, local, fault.IsDeafToBorders ? null : remote), remote, fault);
    }

    private sealed class FaultySocket(IDatagramSocket inner, EndPoint? remote, Fault fault) : IDatagramSocket
    {
        public EndPoint LocalEndPoint => inner.LocalEndPoint;

        public EndPoint? RemoteEndPoint => remote;

        public ValueTask<ReceivedDatagram> ReceiveFromAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            fault.Receive(inner, buffer, cancellationToken);

        public ValueTask SendToAsync(ReadOnlyMemory<byte> datagram, EndPoint remote, CancellationToken cancellationToken = default) =>
            fault.Send(inner, datagram, remote, cancellationToken);

        public ValueTask SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken = default) =>
            fault.Send(inner, datagram, null, cancellationToken);

        public void Dispose() => fault.Close(inner);
    }
}

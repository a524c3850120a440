using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

public abstract partial class NetworkContract
{
    private ContractCase[] OnCancelling() =>
    [
        Case("A token that is cancelled already ends every call", CancelledBefore),
        Case("A cancelled receive takes no byte", CancelReceive),
        Case("A cancelled accept takes no connection", CancelAccept),
        Case("A cancelled send ends, and the connection can be broken off", CancelSend),
        Case("A cancelled connect leaves the listener as it was", CancelConnect),
        Case("A timeout ends a receive", Timeout),
        Case("A timeout ends every other wait, and takes nothing", OtherTimeouts),
        Case("Disposing ends a receive that waits", DisposeWhileReceiving),
        Case("Disposing ends an accept that waits", DisposeWhileAccepting),
    ];

    private static async Task CancelledBefore(INetwork network)
    {
        var token = new CancellationToken(canceled: true);
        using var listener = await network.ListenAsync(AnyPort);
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        await RequireThrowsAsync<OperationCanceledException>(async () => await network.ListenAsync(AnyPort, 1, token), "listening");
        await RequireThrowsAsync<OperationCanceledException>(
            async () => await network.ConnectAsync(listener.LocalEndPoint, token), "connecting");
        await RequireThrowsAsync<OperationCanceledException>(async () => await listener.AcceptAsync(token), "accepting");
        await RequireThrowsAsync<OperationCanceledException>(async () => await near.ReceiveAsync(new byte[1], token), "receiving");
        await RequireThrowsAsync<OperationCanceledException>(async () => await near.SendAsync(new byte[1], token), "sending");
        using var far = await listener.AcceptAsync();
        near.ShutdownSend();
        await RequireEndAsync(far, "after a send that was cancelled before it began");
    }

    private static async Task CancelReceive(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        using var source = new CancellationTokenSource();
        var byToken = Asyncio.CreateTask(async () => await far.ReceiveAsync(new byte[1], source.Token));
        await SettleAsync();
        source.Cancel();
        await RequireThrowsAsync<OperationCanceledException>(async () => await byToken, "a receive whose token was cancelled");
        // Cancelled on its own, and in the moment in which the byte comes.
        for (byte round = 0; round < 10; round++)
        {
            var byTask = Asyncio.CreateTask(async () => await far.ReceiveAsync(new byte[1]));
            await SettleAsync();
            if (round > 0)
            {
                await near.SendAsync(new[] { round });
            }

            for (var turns = 0; turns < round / 2; turns++)
            {
                await Asyncio.YieldAsync();
            }

            byTask.Cancel();
            await Asyncio.WaitAsync([byTask]);
            if (round > 0 && byTask.IsCancelled)
            {
                var bytes = await ReceiveExactlyAsync(far, 1);
                Require(bytes[0] == round, $"after a cancelled receive byte {bytes[0]} came instead of {round}.");
            }
        }
    }

    private static async Task OtherTimeouts(INetwork network)
    {
        using var listener = await network.ListenAsync(AnyPort);
        await RequireTimeoutAsync(async () => await listener.AcceptAsync(), "accepting");
        using var socket = await network.BindAsync(AnyPort);
        await RequireTimeoutAsync(async () => await socket.ReceiveFromAsync(new byte[1]), "receiving a datagram");
        await socket.SendToAsync(new byte[5], socket.LocalEndPoint);
        Require((await ReceiveDatagramAsync(socket)).Bytes.Length == 5, "after a timeout another datagram was received.");
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        using var far = await listener.AcceptAsync();
        Require(far.RemoteEndPoint.Equals(near.LocalEndPoint), "the accept after a timeout gave another connection.");
        await RequireTimeoutAsync(
            async () =>
            {
                while (true)
                {
                    await near.SendAsync(new byte[64 * 1024]);
                    await Asyncio.YieldAsync();
                }
            },
            "sending to one who does not read");
        near.Abort();
    }

    private static async Task RequireTimeoutAsync(Func<Task> call, string what) => await RequireThrowsAsync<TimeoutException>(
        async () => await Asyncio.TimeoutAsync(TimeSpan.FromMilliseconds(300), call), what);

    private static async Task CancelAccept(INetwork network)
    {
        using var listener = await network.ListenAsync(AnyPort);
        using var source = new CancellationTokenSource();
        var byToken = Asyncio.CreateTask(async () => await listener.AcceptAsync(source.Token));
        await SettleAsync();
        source.Cancel();
        await RequireThrowsAsync<OperationCanceledException>(async () => await byToken, "an accept whose token was cancelled");
        var byTask = Asyncio.CreateTask(async () => await listener.AcceptAsync());
        await SettleAsync();
        byTask.Cancel();
        await RequireThrowsAsync<OperationCanceledException>(async () => await byTask, "an accept whose task was cancelled");
        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        using var far = await listener.AcceptAsync();
        Require(far.RemoteEndPoint.Equals(near.LocalEndPoint), "the accept after a cancelled one gave another connection.");
    }

    private static async Task CancelSend(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var other = far;
        var sending = await StuffAsync(near, long.MaxValue);
        sending.Cancel();
        await RequireThrowsAsync<OperationCanceledException>(async () => await sending, "a send whose task was cancelled");
        near.Abort();
        await RequireResetAsync(
            async () =>
            {
                var buffer = new byte[64 * 1024];
                while (await far.ReceiveAsync(buffer) > 0)
                {
                }
            },
            "receiving what was left of a connection that was broken off");
    }

    private static async Task CancelConnect(INetwork network)
    {
        using var listener = await network.ListenAsync(AnyPort);
        for (var turns = 0; turns < 3; turns++)
        {
            var connecting = Asyncio.CreateTask(async () => await network.ConnectAsync(listener.LocalEndPoint));
            for (var i = 0; i < turns; i++)
            {
                await Asyncio.YieldAsync();
            }

            connecting.Cancel();
            await Asyncio.WaitAsync([connecting]);
            if (!connecting.IsCancelled)
            {
                // It was faster.
                (await connecting).Dispose();
            }
        }

        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        await RequireNextAsync(listener, near);
    }

    // The system may have connected what was cancelled before: that has ended by now.
    private static async Task RequireNextAsync(IListener listener, IConnection near)
    {
        while (true)
        {
            using var far = await listener.AcceptAsync();
            if (far.RemoteEndPoint.Equals(near.LocalEndPoint))
            {
                return;
            }

            await RequireEndAsync(far, "after a cancelled connect");
        }
    }

    private static async Task Timeout(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        await RequireThrowsAsync<TimeoutException>(
            async () => await Asyncio.TimeoutAsync(TimeSpan.FromMilliseconds(20), async _ => await far.ReceiveAsync(new byte[1])),
            "a receive with a timeout");
        await near.SendAsync(new byte[1]);
        await ReceiveExactlyAsync(far, 1);
    }

    private static async Task DisposeWhileReceiving(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        var receiving = Asyncio.CreateTask(async () => await far.ReceiveAsync(new byte[1]));
        await SettleAsync();
        far.Dispose();
        await RequireThrowsAsync<ObjectDisposedException>(async () => await receiving, "a receive on a connection that was disposed");
        await RequireEndAsync(near, "after the other side was closed");
    }

    private static async Task DisposeWhileAccepting(INetwork network)
    {
        var listener = await network.ListenAsync(AnyPort);
        var accepting = Asyncio.CreateTask(async () => await listener.AcceptAsync());
        await SettleAsync();
        listener.Dispose();
        await RequireThrowsAsync<ObjectDisposedException>(async () => await accepting, "an accept at a listener that was disposed");
    }
}

using Sim.Core;

namespace Sim.Testing;

public abstract partial class NetworkContract
{
    private ContractCase[] OnEndings() =>
    [
        Case("The end of one direction is received as 0 bytes, and the other goes on", HalfClose),
        Case("Sending after the end is refused", SendAfterEnd),
        Case("Closing sends what was sent, then the end", Close),
        Case("Closing with unread bytes breaks the connection off", CloseUnread),
        Case("A reset ends a receive that waits", ResetWhileReceiving),
        Case("A reset ends a send that waits", ResetWhileSending),
        Case("After a reset nothing can be sent or received", AfterReset),
        Case("A reset that a send was told is told to a receive too", ResetIsTold),
        Case("An end stays one when a send fails after it", EndStays),
        Case("An error comes when the call is awaited, also one that is known at once", ErrorsAreAwaited),
        Case("Sending to one who is gone fails in the end", SendToNobody),
        Case("Disposing twice is allowed, and no call after it", AfterDispose),
    ];

    private static async Task HalfClose(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        await near.SendAsync(new byte[3]);
        near.ShutdownSend();
        near.ShutdownSend();
        await ReceiveExactlyAsync(far, 3);
        await RequireEndAsync(far, "after the last byte of a direction that was ended");
        await RequireEndAsync(far, "after the end");
        await far.SendAsync(new byte[2]);
        await ReceiveExactlyAsync(near, 2);
        far.Dispose();
        await RequireEndAsync(near, "after the other side was closed");
    }

    private static async Task SendAfterEnd(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        near.ShutdownSend();
        await RequireThrowsAsync<InvalidOperationException>(async () => await near.SendAsync(new byte[1]), "sending after the end");
    }

    private static async Task Close(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var other = far;
        await near.SendAsync(new byte[1000]);
        near.Dispose();
        await ReceiveExactlyAsync(far, 1000);
        await RequireEndAsync(far, "after the last byte of a connection that was closed");
    }

    private static async Task CloseUnread(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var other = far;
        await far.SendAsync(new byte[2]);
        await ReceiveExactlyAsync(near, 1, chunk: 1);
        near.Dispose();
        await RequireResetAsync(async () => await far.ReceiveAsync(new byte[1]), "receiving from one who closed without reading");
    }

    private static async Task ResetWhileReceiving(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var other = far;
        var receiving = Asyncio.CreateTask(async () => await far.ReceiveAsync(new byte[1]));
        await SettleAsync();
        near.Abort();
        await RequireResetAsync(async () => await receiving, "a receive that waited for one who breaks off");
    }

    private static async Task ResetWhileSending(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        var sending = await StuffAsync(near, long.MaxValue);
        far.Abort();
        await RequireResetAsync(async () => await sending, "a send that waited for one who breaks off");
    }

    private static async Task AfterReset(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var other = far;
        near.Abort();
        await RequireResetAsync(async () => await far.ReceiveAsync(new byte[1]), "receiving after a reset");
        await RequireResetAsync(async () => await far.ReceiveAsync(new byte[1]), "receiving once more after a reset");
        await RequireResetAsync(async () => await far.SendAsync(new byte[1]), "sending after a reset");
        await RequireResetAsync(async () => await far.ReceiveAsync(new byte[1]), "receiving after a send that was told of a reset");
        far.ShutdownSend();
    }

    // Who sends is told first here, and what was cut off must not look like an end to who receives.
    private static async Task ResetIsTold(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        var sending = await StuffAsync(near, long.MaxValue);
        far.Abort();
        await RequireResetAsync(async () => await sending, "a send that waited for one who breaks off");
        await RequireResetAsync(async () => await near.ReceiveAsync(new byte[1]), "receiving after a send that was told of a reset");
        await RequireResetAsync(async () => await near.ReceiveAsync(new byte[1]), "receiving once more");
    }

    // Who has said all and is gone has not cut anything off, whatever becomes of the answer.
    private static async Task EndStays(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        await far.SendAsync(new byte[2]);
        far.Dispose();
        await ReceiveExactlyAsync(near, 2);
        await RequireEndAsync(near, "after the other side was closed");
        await RequireResetAsync(async () => await SendOnAsync(near), "sending a thousand times to one who is gone");
        await RequireEndAsync(near, "after the end, and a send that failed");
        await RequireResetAsync(async () => await SendOnAsync(near), "sending once more to one who is gone");
    }

    private static async Task ErrorsAreAwaited(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var other = far;
        near.Abort();
        await RequireResetAsync(async () => await far.ReceiveAsync(new byte[1]), "receiving after a reset");
        var calls = Begin();
        await RequireResetAsync(async () => await calls.Receive, "a receive that was awaited later");
        await RequireResetAsync(async () => await calls.Send, "a send that was awaited later");

        (Task<int> Receive, Task Send) Begin()
        {
            try
            {
                return (far.ReceiveAsync(new byte[1]).AsTask(), far.SendAsync(new byte[1]).AsTask());
            }
            catch (NetworkException error)
            {
                throw new ContractViolationException($"an error was thrown by a call that nobody had awaited yet: {error.Message}", error);
            }
        }
    }

    // The first bytes may go nowhere; what is said to them is said to later ones.
    private static async Task SendToNobody(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var other = far;
        near.Dispose();
        await RequireEndAsync(far, "after the other side was closed");
        await RequireResetAsync(async () => await SendOnAsync(far), "sending a thousand times to one who is gone");
    }

    private static async Task SendOnAsync(IConnection connection)
    {
        for (var i = 0; i < 1000; i++)
        {
            await connection.SendAsync(new byte[1]);
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));
        }
    }

    private static async Task AfterDispose(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var other = far;
        near.Dispose();
        near.Dispose();
        near.Abort();
        await RequireThrowsAsync<ObjectDisposedException>(async () => await near.ReceiveAsync(new byte[1]), "receiving after disposing");
        await RequireThrowsAsync<ObjectDisposedException>(async () => await near.SendAsync(new byte[1]), "sending after disposing");
        await RequireEndAsync(far, "after the other side was closed, and closed again");
    }
}

using System.Net;
using System.Net.Sockets;
using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

public abstract partial class NetworkContract
{
    private ContractCase[] OnPaths() =>
    [
        Case("A Unix-domain socket carries bytes in both directions, and ends", PathCarries),
        Case("A path has an address, and its client has none", PathAddresses),
        Case("Connecting to a path where nobody listens is refused", PathIsRefused),
        Case("Listening at a path where somebody listens is refused", ListenAtPathTwice),
        Case("A path is free again when its listener is gone", PathIsFreed),
        Case("Cancelling at a path takes nothing", CancelAtPath),
        Case("Breaking off a Unix-domain socket that has read all is an end there", AbortAtPath),
        Case("Closing a Unix-domain socket with unread bytes breaks it off", CloseUnreadAtPath),
        Case("Sending at a path to one who has closed fails at once", SendToNobodyAtPath),
        Case("A listener at a path that is disposed breaks off whoever was not accepted", NotAcceptedAtPath),
    ];

    private static async Task PathCarries(INetwork network)
    {
        var (near, far) = await PathPairAsync(network);
        using var one = near;
        using var other = far;
        const long Most = 16L * 1024 * 1024;
        var sending = await StuffAsync(near, Most);
        var (buffer, have) = (new byte[128 * 1024], 0L);
        while (have < Most)
        {
            have += await far.ReceiveAsync(buffer);
        }

        Require(await sending == have, "more was received than sent.");
        near.ShutdownSend();
        await RequireEndAsync(far, "after the last byte at a path");
        await far.SendAsync("answer"u8.ToArray());
        far.Dispose();
        var answer = await ReceiveExactlyAsync(near, 6);
        Require(answer.AsSpan().SequenceEqual("answer"u8), "another answer came.");
        await RequireEndAsync(near, "after the other side of a path was closed");
    }

    private static async Task PathAddresses(INetwork network)
    {
        var path = NewPath();
        using var listener = await network.ListenAsync(path);
        Require(listener.LocalEndPoint.Equals(path), $"a listener at {path} says that it is at {listener.LocalEndPoint}.");
        using var near = await network.ConnectAsync(path);
        using var far = await listener.AcceptAsync();
        Require(near.RemoteEndPoint.Equals(path) && far.LocalEndPoint.Equals(path), "an end at a path has another address.");
        Require(
            near.LocalEndPoint is UnixDomainSocketEndPoint && $"{near.LocalEndPoint}{far.RemoteEndPoint}".Length == 0,
            $"the client is called \"{near.LocalEndPoint}\" here, and \"{far.RemoteEndPoint}\" there.");
    }

    private static async Task PathIsRefused(INetwork network) => await RequireErrorAsync(
        SocketError.ConnectionRefused, async () => await network.ConnectAsync(NewPath()), "connecting to a path where nobody listens");

    private static async Task ListenAtPathTwice(INetwork network)
    {
        var path = NewPath();
        using var listener = await network.ListenAsync(path);
        await RequireErrorAsync(
            SocketError.AddressAlreadyInUse, async () => await network.ListenAsync(path), "listening twice at one path");
        using var near = await network.ConnectAsync(path);
        (await listener.AcceptAsync()).Dispose();
    }

    private static async Task PathIsFreed(INetwork network)
    {
        var path = NewPath();
        for (var round = 0; round < 2; round++)
        {
            var listener = await network.ListenAsync(path);
            using var near = await network.ConnectAsync(path);
            listener.Dispose();
            await RequireErrorAsync(
                SocketError.ConnectionRefused, async () => await network.ConnectAsync(path), "connecting to a path that was given up");
        }

        Require(!File.Exists(path.ToString()), $"the file {path} is still there.");
    }

    private static async Task CancelAtPath(INetwork network)
    {
        var path = NewPath();
        var none = new CancellationToken(canceled: true);
        await RequireThrowsAsync<OperationCanceledException>(async () => await network.ListenAsync(path, 1, none), "listening at a path");
        using var listener = await network.ListenAsync(path);
        await RequireThrowsAsync<OperationCanceledException>(async () => await network.ConnectAsync(path, none), "connecting to a path");
        var accepting = Asyncio.CreateTask(async () => await listener.AcceptAsync());
        await SettleAsync();
        accepting.Cancel();
        await RequireThrowsAsync<OperationCanceledException>(async () => await accepting, "an accept at a path whose task was cancelled");
        using var near = await network.ConnectAsync(path);
        await near.SendAsync(new byte[1]);
        using var far = await listener.AcceptAsync();
        await ReceiveExactlyAsync(far, 1);
        await RequireThrowsAsync<TimeoutException>(
            async () => await Asyncio.TimeoutAsync(TimeSpan.FromMilliseconds(20), async () => await far.ReceiveAsync(new byte[1])),
            "a receive at a path for which nothing comes");
        await near.SendAsync(new byte[1]);
        await ReceiveExactlyAsync(far, 1);
    }

    private static async Task AbortAtPath(INetwork network)
    {
        var (near, far) = await PathPairAsync(network);
        using var other = far;
        await near.SendAsync(new byte[2]);
        near.Abort();
        await ReceiveExactlyAsync(far, 2);
        await RequireEndAsync(far, "after the other side of a path was broken off");
    }

    private static async Task CloseUnreadAtPath(INetwork network)
    {
        var (near, far) = await PathPairAsync(network);
        using var other = far;
        await far.SendAsync(new byte[2]);
        await ReceiveExactlyAsync(near, 1, chunk: 1);
        near.Dispose();
        await RequireResetAsync(async () => await far.ReceiveAsync(new byte[1]), "receiving at a path from one who closed without reading");
    }

    // There is no network between the two: nothing is on its way to one who is gone.
    private static async Task SendToNobodyAtPath(INetwork network)
    {
        var (near, far) = await PathPairAsync(network);
        using var other = far;
        near.Dispose();
        await RequireResetAsync(async () => await far.SendAsync(new byte[1]), "sending at a path to one who has closed");
        await RequireEndAsync(far, "after a send that failed at a path");
    }

    private static async Task NotAcceptedAtPath(INetwork network)
    {
        var path = NewPath();
        var listener = await network.ListenAsync(path);
        using var near = await network.ConnectAsync(path);
        listener.Dispose();
        await RequireResetAsync(async () => await near.ReceiveAsync(new byte[1]), "receiving from a listener at a path that is gone");
    }

    private static async Task<(IConnection Near, IConnection Far)> PathPairAsync(INetwork network)
    {
        var path = NewPath();
        using var listener = await network.ListenAsync(path);
        var near = await network.ConnectAsync(path);
        return (near, await listener.AcceptAsync());
    }

    // One for each case, which has a thread of its own. Short: there are systems on which a path has no more than a hundred letters.
    private static UnixDomainSocketEndPoint NewPath() =>
        new(Path.Combine(Path.GetTempPath(), $"sim-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}"));
}

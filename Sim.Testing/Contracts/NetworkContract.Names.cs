using System.Net;
using System.Net.Sockets;
using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

public abstract partial class NetworkContract
{
    // No server of names knows it, and none is asked: a part of it is longer than parts of names are.
    private static readonly string _noName = new string('n', 70) + ".invalid";

    private ContractCase[] OnNames() =>
    [
        Case("A name is connected to, at whichever of its addresses somebody listens", ConnectByName),
        Case("An address in text is a name too", ConnectByText),
        Case("Connecting to a name where nobody listens is refused, with all addresses", NameIsRefused),
        Case("A name that nobody knows is not found", NameIsUnknown),
        Case("A cancelled connect to a name leaves the listener as it was", CancelConnectByName),
    ];

    private static async Task ConnectByName(INetwork network)
    {
        using var listener = await network.ListenAsync(AnyPort);
        var port = ((IPEndPoint)listener.LocalEndPoint).Port;
        using var near = await network.ConnectAsync(new DnsEndPoint("localhost", port));
        using var far = await listener.AcceptAsync();
        Require(near.RemoteEndPoint.Equals(listener.LocalEndPoint), $"who connected by name is at {near.RemoteEndPoint}.");
        await near.SendAsync(new byte[3]);
        await ReceiveExactlyAsync(far, 3);
        near.Dispose();
        await RequireEndAsync(far, "after the last byte of a connection by name");
    }

    private static async Task ConnectByText(INetwork network)
    {
        using var listener = await network.ListenAsync(AnyPort);
        var port = ((IPEndPoint)listener.LocalEndPoint).Port;
        using var near = await network.ConnectAsync(new DnsEndPoint("127.0.0.1", port, AddressFamily.InterNetwork));
        using var far = await listener.AcceptAsync();
        Require(far.RemoteEndPoint.Equals(near.LocalEndPoint), $"one end is at {near.LocalEndPoint}, the other sees {far.RemoteEndPoint}.");
        await RequireErrorAsync(
            SocketError.HostNotFound,
            async () => await network.ConnectAsync(new DnsEndPoint("127.0.0.1", port, AddressFamily.InterNetworkV6)),
            "connecting to an address in text of another family");
    }

    private static async Task NameIsRefused(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        var name = new DnsEndPoint("localhost", ((IPEndPoint)near.LocalEndPoint).Port, AddressFamily.InterNetwork);
        var error = await RequireThrowsAsync<NetworkException>(
            async () => await network.ConnectAsync(name), "connecting to a name where nobody listens");
        Require(error.Error == SocketError.ConnectionRefused, $"connecting to a name where nobody listens failed with {error.Error}.");
        Require(
            error.InnerException is AggregateException { InnerExceptions: [NetworkException, ..] },
            $"the error of each address is missing: there is {error.InnerException?.GetType().Name}.");
        Require(error.Message.Contains("localhost", StringComparison.Ordinal), $"the name is missing in \"{error.Message}\".");
    }

    private static async Task NameIsUnknown(INetwork network) => await RequireErrorAsync(
        SocketError.HostNotFound, async () => await network.ConnectAsync(new DnsEndPoint(_noName, 80)), "connecting to an unknown name");

    private static async Task CancelConnectByName(INetwork network)
    {
        using var listener = await network.ListenAsync(AnyPort);
        var name = new DnsEndPoint("localhost", ((IPEndPoint)listener.LocalEndPoint).Port);
        await RequireThrowsAsync<OperationCanceledException>(
            async () => await network.ConnectAsync(name, new CancellationToken(canceled: true)), "connecting with a cancelled token");
        for (var turns = 0; turns < 12; turns++)
        {
            using var source = new CancellationTokenSource();
            var connecting = Asyncio.CreateTask(async () => await network.ConnectAsync(name, source.Token));
            for (var i = 0; i < turns; i++)
            {
                await Asyncio.YieldAsync();
            }

            if (turns % 2 == 0)
            {
                connecting.Cancel();
            }
            else
            {
                source.Cancel();
            }

            await Asyncio.WaitAsync([connecting]);
            if (!connecting.IsCancelled)
            {
                (await connecting).Dispose();
            }
        }

        using var near = await network.ConnectAsync(listener.LocalEndPoint);
        await RequireNextAsync(listener, near);
    }
}

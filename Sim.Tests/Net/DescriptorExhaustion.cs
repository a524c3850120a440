using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A program that opens connections until there are no descriptors left, asks for more in every way, and goes on.</summary>
internal static class DescriptorExhaustion
{
    public const string Name = "descriptor-exhaustion";

    public static void Run(TextWriter output) => Asyncio.Run(async () =>
    {
        var network = new SocketNetwork(Asyncio.GetRunningLoop());
        var anyPort = new IPEndPoint(IPAddress.Loopback, 0);
        await ServeWithTheLastAsync(network, anyPort, output);
        using var listener = await network.ListenAsync(anyPort, backlog: 1000);
        var clients = new List<IConnection>();
        // An error before that, so that nothing of .NET has to be loaded when there is no descriptor for it.
        await ShowAsync("warm", async () => await network.ConnectAsync(new IPEndPoint(IPAddress.Loopback, 1)), TextWriter.Null);
        clients.Add(await network.ConnectAsync(listener.LocalEndPoint));
        (await listener.AcceptAsync()).Dispose();
        var all = Asyncio.CreateTask(async () =>
        {
            while (true)
            {
                clients.Add(await network.ConnectAsync(listener.LocalEndPoint));
            }
        });
        await ShowAsync("connect", async () => await all, output);
        await ShowAsync("listen", async () => await network.ListenAsync(anyPort), output);
        await ShowAsync("bind", async () => await network.BindAsync(anyPort), output);
        await ShowAsync("accept", async () => await listener.AcceptAsync(), output);
        foreach (var client in clients.Take(10))
        {
            client.Dispose();
        }

        // The first that wait are gone, and are accepted all the same; the last is still there.
        using var last = await network.ConnectAsync(listener.LocalEndPoint);
        IConnection accepted;
        do
        {
            accepted = await listener.AcceptAsync();
            using var gone = accepted.RemoteEndPoint.Equals(last.LocalEndPoint) ? null : accepted;
        }
        while (!accepted.RemoteEndPoint.Equals(last.LocalEndPoint));

        await last.SendAsync(new byte[1]);
        output.WriteLine($"received {await accepted.ReceiveAsync(new byte[9])} byte after recovery");
        accepted.Dispose();
        clients.ForEach(static client => client.Dispose());
    });

    // The very first guest of a program: what serving takes of .NET must be there already.
    private static async Task ServeWithTheLastAsync(SocketNetwork network, EndPoint anyPort, TextWriter output)
    {
        using var listener = await network.ListenAsync(anyPort);
        using var guest = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        guest.Connect(listener.LocalEndPoint);
        guest.Send([1, 2]);
        var all = new Stack<SafeFileHandle>();
        try
        {
            while (true)
            {
                all.Push(File.OpenHandle("/dev/null"));
            }
        }
        catch (IOException)
        {
            all.Pop().Dispose();
        }

        using (var connection = await listener.AcceptAsync())
        {
            var bytes = await new ConnectionReader(connection).ReadExactlyAsync(2);
            output.WriteLine($"read {bytes.Length} bytes with the last descriptor");
        }

        while (all.TryPop(out var handle))
        {
            handle.Dispose();
        }
    }

    private static async Task ShowAsync(string what, Func<Task> call, TextWriter output)
    {
        try
        {
            await call();
        }
        catch (NetworkException error)
        {
            var hasAdvice = error.Message.Contains("ulimit -n", StringComparison.Ordinal);
            output.WriteLine($"{what}: {error.Error}, {(hasAdvice ? "with advice" : error.Message)}");
        }
    }
}

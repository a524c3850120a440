using System.Diagnostics;
using System.Globalization;
using System.Net;
using Sim.Core;

namespace Sim.Benchmarks;

/// <summary>
/// Many connections to one loop: so many at once, and so many one after the other. What the server holds is looked at in between; what
/// has grown when all are gone is a leak.
/// </summary>
internal sealed class ConnectionCounts(int crowd, int total)
{
    private const int Width = 500;
    private const int Looks = 10;

    // What a run may hold more than before without being a leak: pools that fill as they are first used.
    private const long Slack = 4 << 20;

    // Threads of the pool come and go, and bring a few of their own.
    private const int DescriptorSlack = 8;

    private static readonly byte[] _message = "0123456789abcdef"u8.ToArray();

    /// <summary>Runs it and writes what was seen: <c>./dev bench connections [at once] [in all]</c>.</summary>
    /// <returns>0 = nothing has leaked and nothing has failed.</returns>
    public static int Write(IReadOnlyList<string> words, TextWriter output)
    {
        var crowd = words.Count > 0 ? int.Parse(words[0], CultureInfo.InvariantCulture) : 10_000;
        var total = words.Count > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 1_000_000;
        output.WriteLine("## Connections");
        output.WriteLine();
        if (!OperatingSystem.IsLinux())
        {
            output.WriteLine("Needs Linux, whose `/proc` tells how many descriptors are open.");
            output.WriteLine();
            return 0;
        }

        output.WriteLine("One loop that echoes, in a process of its own; the client is a loop, too. What the server holds in between:");
        output.WriteLine();
        output.WriteLine("```text");
        var isSound = new ConnectionCounts(crowd, total).Run(output);
        output.WriteLine(isSound ? "Nothing has leaked, and nothing has failed." : "LEAKED OR FAILED: see the lines above.");
        output.WriteLine("```");
        output.WriteLine();
        return isSound ? 0 : 1;
    }

    private bool Run(TextWriter output)
    {
        using var server = ThisProgram.Start(ThisProgram.With(ConnectionServer.Command));
        var port = int.Parse(server.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        var address = new IPEndPoint(IPAddress.Loopback, port);
        var isSound = Asyncio.Run(async () => await CrowdAsync(server, address, output) && await WavesAsync(server, address, output));
        server.StandardInput.Close();
        server.WaitForExit();
        return isSound;
    }

    private async Task<bool> CrowdAsync(Process server, IPEndPoint address, TextWriter output)
    {
        var network = new SocketNetwork(Asyncio.GetRunningLoop());
        var before = Look(server);
        var connections = new IConnection[crowd];
        var start = Stopwatch.GetTimestamp();
        await InParallelAsync(crowd, async place =>
        {
            connections[place] = await network.ConnectAsync(address);
            await EchoAsync(connections[place]);
        });
        var opened = Stopwatch.GetElapsedTime(start);
        var during = Look(server);
        start = Stopwatch.GetTimestamp();
        await InParallelAsync(crowd, place => EchoAsync(connections[place]));
        var echoed = Stopwatch.GetElapsedTime(start);
        foreach (var connection in connections)
        {
            connection.Dispose();
        }

        var after = await LookWhenEmptyAsync(server);
        output.WriteLine($"{crowd:N0} connections at once: opened in {opened.TotalSeconds:F2} s, one message each in "
            + $"{echoed.TotalSeconds:F2} s; {(during.ManagedBytes - before.ManagedBytes) / crowd:N0} managed bytes a connection.");
        Show(output, "before", before);
        Show(output, "at once", during);
        Show(output, "after", after);
        return IsSound(before, after) && during.Open == crowd;
    }

    private async Task<bool> WavesAsync(Process server, IPEndPoint address, TextWriter output)
    {
        var network = new SocketNetwork(Asyncio.GetRunningLoop());
        output.WriteLine($"{total:N0} connections opened and closed, {Width} at a time, every second one broken off:");
        ConnectionUsage? first = null;
        var last = default(ConnectionUsage);
        var start = Stopwatch.GetTimestamp();
        for (var (done, part) = (0, 0); done < total; done += part)
        {
            part = Math.Min((total + Looks - 1) / Looks, total - done);
            await InParallelAsync(part, async place =>
            {
                using var connection = await network.ConnectAsync(address);
                await EchoAsync(connection);
                if (place % 2 == 1)
                {
                    connection.Abort();
                }
            });
            last = await LookWhenEmptyAsync(server);
            first ??= last;
            Show(output, $"{done + part:N0}", last);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine($"{total / seconds:N0} connections a second, with the looks.");
        return first is null || IsSound(first.Value, last);
    }

    private static bool IsSound(ConnectionUsage before, ConnectionUsage after) => after.Open == 0 && after.Failed == 0
        && after.Descriptors <= before.Descriptors + DescriptorSlack && after.ManagedBytes - before.ManagedBytes < Slack;

    private static void Show(TextWriter output, string when, ConnectionUsage usage) => output.WriteLine(
        $"  {when,12}: {usage.Open,6} open, {usage.Descriptors,6} descriptors, {usage.ManagedBytes / 1024.0,10:N1} KiB managed, {usage.Failed} failed");

    private static async Task InParallelAsync(int count, Func<int, Task> work)
    {
        var next = 0;
        await Asyncio.GatherAsync([.. Enumerable.Range(0, Width).Select(_ => Asyncio.CreateTask(WorkAsync))]);

        async Task WorkAsync()
        {
            while (next < count)
            {
                await work(next++);
            }
        }
    }

    private static async Task EchoAsync(IConnection connection)
    {
        await connection.SendAsync(_message);
        var buffer = new byte[_message.Length];
        for (var have = 0; have < buffer.Length;)
        {
            var count = await connection.ReceiveAsync(buffer.AsMemory(have));
            have += count > 0 ? count : throw new IOException("The server ended a connection before it had echoed.");
        }

        if (!buffer.AsSpan().SequenceEqual(_message))
        {
            throw new IOException("The server echoed something else than it was sent.");
        }
    }

    // The server learns of the last closings a little later than they happen.
    private static async Task<ConnectionUsage> LookWhenEmptyAsync(Process server)
    {
        ConnectionUsage usage;
        for (var tries = 0; (usage = Look(server)).Open > 0 && tries < 100; tries++)
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(50));
        }

        return usage;
    }

    private static ConnectionUsage Look(Process server)
    {
        server.StandardInput.WriteLine();
        return ConnectionUsage.Parse(server.StandardOutput.ReadLine() ?? throw new IOException("The server has ended."));
    }
}

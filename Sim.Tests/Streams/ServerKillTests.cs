using System.Buffers.Binary;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A server as a process of its own: told to stop under load, and without descriptors.</summary>
[TestFixture, NonParallelizable, Platform(Exclude = "Win", Reason = "Signals and limits are those of Unix.")]
public sealed class ServerKillTests
{
    // More than the buffers of a connection hold, so that an answer is under way for a while.
    private const int Large = 8 * 1024 * 1024;

    private enum Outcome
    {
        Answered,
        Refused,
        Half,
    }

    /// <summary>Each request has all of its answer, or not a byte of it.</summary>
    [Test]
    public void SigtermUnderLoad_NoRequestIsHalfAnswered()
    {
        using var server = new ServerProcess();
        var outcomes = Asyncio.Run(() => LoadAsync(server));
        Assert.That(server.WaitForExit(), Is.Zero, () => string.Join('\n', server.Lines));
        Assert.That(server.Lines, Is.EqualTo((string[])["stopped; 0 connections broken off"]));
        Assert.That(outcomes.Count(static outcome => outcome == Outcome.Half), Is.Zero);
        Assert.That(outcomes.Count(static outcome => outcome == Outcome.Answered), Is.GreaterThan(24));
        // Every client goes on until it is refused.
        Assert.That(outcomes.Count(static outcome => outcome == Outcome.Refused), Is.EqualTo(12));
    }

    /// <summary>
    /// With 64 descriptors a process of .NET has few left. Those who find none wait, and are served when others have gone.
    /// </summary>
    [Test]
    public void WithoutDescriptors_ItSaysSo_AndServesAgainWhenThereAreSome()
    {
        const int Clients = 10;
        using var server = new ServerProcess("ulimit -n 64");
        Asyncio.Run(async () =>
        {
            var network = new SocketNetwork(Asyncio.GetRunningLoop());
            var isShort = new AsyncEvent();
            var clients = Enumerable.Range(0, Clients).Select(i => Asyncio.CreateTask(async () =>
            {
                using var connection = await network.ConnectAsync(server.EndPoint);
                await RequestAsync(connection, 1000);
                var outcome = await AnswerAsync(connection, 1000, static () => ValueTask.CompletedTask);
                // Who was served keeps its connection until the server has none left.
                await isShort.WaitAsync();
                return outcome;
            })).ToList();
            while (!server.Lines.Any(static line => line.Contains("TooManyOpenSockets", StringComparison.Ordinal)))
            {
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(20));
            }

            isShort.Set();
            Assert.That(await Asyncio.GatherAsync(clients), Has.All.EqualTo(Outcome.Answered));
            using var after = await network.ConnectAsync(server.EndPoint);
            await RequestAsync(after, 1000);
            Assert.That(await AnswerAsync(after, 1000, static () => ValueTask.CompletedTask), Is.EqualTo(Outcome.Answered));
        });
        server.Stop();
        Assert.That(server.WaitForExit(), Is.Zero, () => string.Join('\n', server.Lines));
        Assert.That(server.Lines[0], Does.Contain("failed; nothing is accepted for 00:00:01").And.Contains("raise the limit (ulimit -n)"));
        Assert.That(server.Lines, Has.Count.LessThanOrEqualTo(Clients + 1));
        Assert.That(server.Lines[^1], Is.EqualTo("stopped; 0 connections broken off"));
    }

    private static async Task<List<Outcome>> LoadAsync(ServerProcess server)
    {
        var loop = Asyncio.GetRunningLoop();
        var network = new SocketNetwork(loop);
        var outcomes = new List<Outcome>();
        var isLoaded = new AsyncEvent();
        var clients = Enumerable.Range(0, 12).Select(i => Asyncio.CreateTask(() => ClientAsync(i))).ToList();
        await isLoaded.WaitAsync();
        server.Stop();
        await Asyncio.WaitAsync([.. clients]);
        foreach (var client in clients)
        {
            await client;
        }

        return outcomes;

        // Some take large answers slowly, some ask for small ones as fast as they can, some come anew for each.
        async Task ClientAsync(int number)
        {
            var length = number % 3 == 0 ? Large : 1000 * number;
            Func<ValueTask> pause = number % 3 == 0 ? static () => Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1)) : Asyncio.YieldAsync;
            IConnection? connection = null;
            var outcome = Outcome.Answered;
            while (outcome == Outcome.Answered)
            {
                try
                {
                    connection ??= await network.ConnectAsync(server.EndPoint);
                    await RequestAsync(connection, length);
                    outcome = await AnswerAsync(connection, length, pause);
                }
                catch (NetworkException)
                {
                    outcome = Outcome.Refused;
                }

                outcomes.Add(outcome);
                if (outcomes.Count > 300 || (number % 3 == 0 && outcomes.Count > 36))
                {
                    isLoaded.Set();
                }

                if (number % 3 == 2 || outcome != Outcome.Answered)
                {
                    connection?.Dispose();
                    connection = null;
                }
            }
        }
    }

    private static async Task RequestAsync(IConnection connection, int length)
    {
        var request = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(request, length);
        await connection.SendAsync(request);
    }

    private static async Task<Outcome> AnswerAsync(IConnection connection, int length, Func<ValueTask> pause)
    {
        var (buffer, have) = (new byte[128 * 1024], 0);
        try
        {
            while (have < length + 4)
            {
                var count = await connection.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, length + 4 - have)));
                if (count == 0)
                {
                    break;
                }

                have += count;
                await pause();
            }
        }
        catch (NetworkException)
        {
        }

        return have == length + 4 ? Outcome.Answered : have == 0 ? Outcome.Refused : Outcome.Half;
    }
}

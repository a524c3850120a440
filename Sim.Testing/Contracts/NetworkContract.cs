using System.Net;
using System.Net.Sockets;
using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

/// <summary>
/// What every <see cref="INetwork"/> promises, as cases to run against an implementation: derive, say how to make a loop and a
/// network for it, and run each of <see cref="Cases"/> as a test of your framework. Every case makes a loop and a network of
/// its own, and fails instead of hanging. The cases use loopback addresses and ports that are given to them.
/// </summary>
public abstract partial class NetworkContract
{
    /// <summary>Real time after which a case that has not come back has failed; 30 s unless overridden.</summary>
    public virtual TimeSpan TimeLimit => TimeSpan.FromSeconds(30);

    /// <summary>The cases, always in the same order.</summary>
    public IReadOnlyList<ContractCase> Cases =>
    [
        .. OnConnecting(), .. OnBytes(), .. OnEndings(), .. OnCancelling(), .. OnPaths(), .. OnNames(), .. OnDatagrams(),
    ];

    /// <summary>Makes a loop. Called once per case, on its thread.</summary>
    protected abstract EventLoop CreateLoop();

    /// <summary>Makes a network for the loop, which does not run yet.</summary>
    protected abstract INetwork CreateNetwork(EventLoop loop);

    private ContractCase Case(string name, Func<INetwork, Task> body) => new(name, () => Watchdog.Run(name, TimeLimit, () =>
    {
        using var loop = CreateLoop();
        var network = CreateNetwork(loop);
        loop.RunUntilComplete(() => body(network));
    }));

    private static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    private static async Task<(IConnection Near, IConnection Far)> PairAsync(INetwork network)
    {
        using var listener = await network.ListenAsync(AnyPort);
        var accepting = Asyncio.CreateTask(async () => await listener.AcceptAsync());
        var near = await network.ConnectAsync(listener.LocalEndPoint);
        return (near, await accepting);
    }

    private static async Task<byte[]> ReceiveExactlyAsync(IConnection connection, int count, int chunk = 4096)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var got = await connection.ReceiveAsync(bytes.AsMemory(have, Math.Min(chunk, count - have)));
            Require(got > 0, $"the end came after {have} of {count} bytes.");
            have += got;
        }

        return bytes;
    }

    private static async Task RequireEndAsync(IConnection connection, string when)
    {
        var count = await connection.ReceiveAsync(new byte[1]);
        Require(count == 0, $"{when}, a receive took {count} bytes instead of the end.");
    }

    private static async Task RequireResetAsync(Func<Task> call, string what) =>
        await RequireErrorAsync(SocketError.ConnectionReset, call, what);

    private static async Task RequireErrorAsync(SocketError expected, Func<Task> call, string what)
    {
        var error = await RequireThrowsAsync<NetworkException>(call, what);
        Require(error.Error == expected, $"{what} failed with {error.Error} instead of {expected}.");
    }

    private static async Task<TException> RequireThrowsAsync<TException>(Func<Task> call, string what)
        where TException : Exception
    {
        try
        {
            await call();
        }
        catch (TException expected)
        {
            return expected;
        }
#pragma warning disable CA1031 // Whatever the implementation throws is the finding.
        catch (Exception other)
        {
            throw new ContractViolationException(
                $"{what} failed with {other.GetType().Name} instead of {typeof(TException).Name}: {other.Message}", other);
        }
#pragma warning restore CA1031

        throw new ContractViolationException($"{what} succeeded, where {typeof(TException).Name} was due.");
    }

    // Whatever was begun before waits after that, or never will, in whatever order the loop runs it.
    private static ValueTask SettleAsync() => Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));

    // Long enough for what was sent to be there.
    private static ValueTask ArriveAsync() => Asyncio.SleepAsync(TimeSpan.FromMilliseconds(100));

    // Sends until the other side makes no more room; the task ends when the connection does.
    private static async Task<LoopTask<long>> StuffAsync(IConnection connection, long most)
    {
        var sent = 0L;
        var chunk = new byte[64 * 1024];
        var sending = Asyncio.CreateTask(async () =>
        {
            for (; sent < most; sent += chunk.Length)
            {
                await connection.SendAsync(chunk);
            }

            return sent;
        });
        for (var before = -1L; before != sent && !sending.IsDone;)
        {
            before = sent;
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(50));
        }

        Require(!sending.IsDone, $"{sent} bytes were sent, and nobody reads them: memory is not bounded.");
        return sending;
    }
}

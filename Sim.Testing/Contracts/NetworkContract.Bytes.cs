using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

public abstract partial class NetworkContract
{
    private ContractCase[] OnBytes() =>
    [
        Case("What is sent is received, in both directions", BothDirections),
        Case("A receive takes what there is room for, and leaves the rest", PartialReceive),
        Case("Nothing is sent and received at once", NothingAtOnce),
        Case("Bytes come in order, however they are cut", RandomChunks),
        Case("A send waits while nobody reads, and goes on when somebody does", BackPressure),
        Case("A receive that filled its buffer is followed at once by the next, while there are bytes", FullReceives),
        Case("After a receive that did not fill its buffer the next one waits for its turn", ShortReceive),
        Case("A second receive while one waits is refused", ReceiveTwice),
        Case("A second send while one waits is refused", SendTwice),
    ];

    private static async Task BothDirections(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        var hello = "hello"u8.ToArray();
        await near.SendAsync(hello);
        Require((await ReceiveExactlyAsync(far, 5)).AsSpan().SequenceEqual(hello), "the far end received something else.");
        await far.SendAsync(hello);
        Require((await ReceiveExactlyAsync(near, 5)).AsSpan().SequenceEqual(hello), "the near end received something else.");
    }

    private static async Task PartialReceive(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        await near.SendAsync("0123456789"u8.ToArray());
        var buffer = new byte[8];
        var count = await far.ReceiveAsync(buffer.AsMemory(2, 4));
        Require(count is > 0 and <= 4, $"a receive into 4 bytes took {count}.");
        Require(buffer[0] == 0 && buffer[1] == 0 && buffer[6] == 0 && buffer[7] == 0, "a receive wrote beside its buffer.");
        var rest = await ReceiveExactlyAsync(far, 10 - count);
        byte[] all = [.. buffer.AsSpan(2, count), .. rest];
        Require(all.AsSpan().SequenceEqual("0123456789"u8), "a receive into a small buffer lost or changed what was left.");
    }

    private static async Task NothingAtOnce(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        await near.SendAsync(ReadOnlyMemory<byte>.Empty);
        var count = await far.ReceiveAsync(Memory<byte>.Empty);
        Require(count == 0, $"a receive into an empty buffer took {count} bytes.");
        await near.SendAsync(new byte[1]);
        await ReceiveExactlyAsync(far, 1);
    }

    private static async Task RandomChunks(INetwork network)
    {
        const int Length = 1024 * 1024;
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        var received = await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => ExchangeAsync(near, 1)), Asyncio.CreateTask(() => ExchangeAsync(far, 2)));
        Require(received[0] < 0 && received[1] < 0, $"a byte was wrong or missing, at {received[0]} and {received[1]} (-1 = none).");

        async Task<int> ExchangeAsync(IConnection connection, byte seed)
        {
            var sending = Asyncio.CreateTask(() => SendAllAsync(connection, seed));
            var wrong = await FirstWrongAsync(connection, (byte)(3 - seed));
            await sending;
            return wrong;
        }

        async Task SendAllAsync(IConnection connection, byte seed)
        {
            var bytes = new byte[Length];
            for (var i = 0; i < Length; i++)
            {
                bytes[i] = ByteAt(i, seed);
            }

            var size = (uint)seed;
            for (var at = 0; at < Length;)
            {
                var count = Math.Min(NextSize(ref size), Length - at);
                await connection.SendAsync(bytes.AsMemory(at, count));
                at += count;
            }

            connection.ShutdownSend();
        }

        async Task<int> FirstWrongAsync(IConnection connection, byte seed)
        {
            var (buffer, size, at) = (new byte[128 * 1024], seed + 100u, 0);
            while (await connection.ReceiveAsync(buffer.AsMemory(0, NextSize(ref size))) is > 0 and var count)
            {
                for (var i = 0; i < count; i++, at++)
                {
                    if (buffer[i] != ByteAt(at, seed))
                    {
                        return at;
                    }
                }
            }

            return at == Length ? -1 : at;
        }
    }

    // Sizes from one byte to more than most buffers hold, by a generator of Numerical Recipes; the period of the bytes is no size.
    private static int NextSize(ref uint state)
    {
        state = unchecked((state * 1664525) + 1013904223);
        return 1 + (int)((state >> 8) % (1u << (int)(2 + (state >> 28))));
    }

    private static byte ByteAt(int place, byte seed) => (byte)((place % 251) ^ (place / 251) ^ seed);

    private static async Task BackPressure(INetwork network)
    {
        const long Most = 64L * 1024 * 1024;
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        var sending = await StuffAsync(near, Most);
        var (buffer, have) = (new byte[128 * 1024], 0L);
        while (have < Most)
        {
            have += await far.ReceiveAsync(buffer);
        }

        var sent = await sending;
        Require(sent == Most && have == Most, $"{sent} bytes were sent, {have} were received.");
    }

    private static async Task FullReceives(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        await near.SendAsync(new byte[5]);
        await ArriveAsync();
        for (var i = 0; i < 5; i++)
        {
            var receiving = far.ReceiveAsync(new byte[1]);
            Require(receiving.IsCompleted, $"receive {i + 1} of 5 waited, although its byte was there.");
            Require(await receiving == 1, $"receive {i + 1} of 5 took no byte.");
        }
    }

    // Nothing else lets go on who serves a connection on which there is always something new.
    private static async Task ShortReceive(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        await near.SendAsync(new byte[1]);
        Require(await far.ReceiveAsync(new byte[2]) == 1, "a receive took more than was sent.");
        await near.SendAsync(new byte[1]);
        await ArriveAsync();
        var receiving = far.ReceiveAsync(new byte[2]);
        Require(!receiving.IsCompleted, "a receive went on at once, although the one before had not filled its buffer.");
        Require(await receiving == 1, "the receive that waited for its turn took no byte.");
        near.Dispose();
        await ArriveAsync();
        await RequireEndAsync(far, "after a receive that waited for its turn");
    }

    private static async Task ReceiveTwice(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var one = near;
        using var other = far;
        var first = Asyncio.CreateTask(async () => await far.ReceiveAsync(new byte[1]));
        await SettleAsync();
        await RequireThrowsAsync<InvalidOperationException>(async () => await far.ReceiveAsync(new byte[1]), "a second receive");
        await near.SendAsync(new byte[1]);
        Require(await first == 1, "the first receive did not get the byte.");
    }

    private static async Task SendTwice(INetwork network)
    {
        var (near, far) = await PairAsync(network);
        using var other = far;
        var sending = await StuffAsync(near, long.MaxValue);
        await RequireThrowsAsync<InvalidOperationException>(async () => await near.SendAsync(new byte[1]), "a second send");
        Require(!sending.IsDone, "the second send ended the first.");
        near.Abort();
        await RequireThrowsAsync<ObjectDisposedException>(async () => await sending, "the first send, after the connection was disposed");
    }
}

using Sim.Core;

namespace Sim.Benchmarks;

/// <summary>
/// What is allocated once everything is warm: the bytes of a million operations inside of one running loop, to the byte. The
/// least of three goes: a collection counts the rest of the thread's allocation block.
/// </summary>
internal static class SteadyState
{
    private const int Operations = 1_000_000;

    public static int Write(IReadOnlyList<string> arguments, TextWriter report)
    {
        report.WriteLine("| allocated in steady state | bytes in 1,000,000 |");
        report.WriteLine("| --- | ---: |");
        foreach (var (name, bytes) in Measure())
        {
            report.WriteLine($"| {name} | {bytes:N0} |");
        }

        report.WriteLine();
        return 0;
    }

    private static IEnumerable<(string Name, long Bytes)> Measure()
    {
        yield return ("CallSoon of a delegate with state, until it has run", CallSoon());
        yield return ("await SleepAsync(0), until it has resumed", Await(static () => Asyncio.SleepAsync(TimeSpan.Zero)));
        yield return ("await SleepAsync(1 ms)", Await(static () => Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1))));
        var free = new AsyncLock();
        yield return ("acquire and release a free lock", Await(async () => (await free.AcquireAsync()).Dispose()));
        var queue = new AsyncQueue<int>();
        yield return ("put an item and get it", Await(async () =>
        {
            await queue.PutAsync(1);
            await queue.GetAsync();
        }));
        yield return ("a lock that three take in turn", TakeTurns(3, static () => new AsyncLock(), static async (held, turn) =>
        {
            for (; ; turn())
            {
                using (await held.AcquireAsync())
                {
                    await Asyncio.YieldAsync();
                }
            }
        }));
        yield return ("two units that three take in turn", TakeTurns(3, static () => new AsyncSemaphore(2), static async (units, turn) =>
        {
            for (; ; turn())
            {
                using (await units.AcquireAsync())
                {
                    await Asyncio.YieldAsync();
                }
            }
        }));
        yield return ("ping-pong through a queue for one item", TakeTurns(2, static () => new AsyncQueue<int>(1), static async (queue, turn) =>
        {
            for (; ; turn())
            {
                await queue.PutAsync(1);
                await Asyncio.YieldAsync();
                await queue.GetAsync();
            }
        }));
        yield return ("notify and wait for a notification", TakeTurns(2, static () => new AsyncCondition(), static async (changed, turn) =>
        {
            for (; ; turn())
            {
                using (await changed.AcquireAsync())
                {
                    changed.NotifyAll();
                    await changed.WaitAsync();
                }
            }
        }));
        yield return ("meet at a barrier", TakeTurns(2, static () => new AsyncBarrier(2), static async (barrier, turn) =>
        {
            for (; ; turn())
            {
                await barrier.WaitAsync();
            }
        }));
    }

    // So many tasks do the same for ever, with the same primitive; each counts its turns.
    private static long TakeTurns<T>(int tasks, Func<T> make, Func<T, Action, Task> forEver) => Least(() => Asyncio.Run(
        async () =>
        {
            var primitive = make();
            var (left, before, enough) = (Operations + 1_000, 0L, Asyncio.GetRunningLoop().CreateFuture<long>());
            Action turn = () =>
            {
                if (--left == Operations)
                {
                    before = GC.GetAllocatedBytesForCurrentThread();
                }
                else if (left == 0)
                {
                    enough.SetResult(GC.GetAllocatedBytesForCurrentThread() - before);
                }
            };
            for (var i = 0; i < tasks; i++)
            {
                _ = Asyncio.CreateTask(() => forEver(primitive, turn));
            }

            return await enough;
        },
        static () => Asyncio.NewVirtualEventLoop()));

    private static long CallSoon()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        return Least(() =>
        {
            var left = Operations;
            Action<object?> chain = null!;
            chain = _ =>
            {
                if (--left == 0)
                {
                    loop.Stop();
                }
                else
                {
                    loop.CallSoon(chain, null);
                }
            };
            loop.CallSoon(chain, null);
            var before = GC.GetAllocatedBytesForCurrentThread();
            loop.RunForever();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }

    private static long Await(Func<ValueTask> operation) => Least(() => Asyncio.Run(
        async () =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                await operation();
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Operations; i++)
            {
                await operation();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        },
        static () => Asyncio.NewVirtualEventLoop()));

    private static long Least(Func<long> measure) => Math.Min(measure(), Math.Min(measure(), measure()));
}

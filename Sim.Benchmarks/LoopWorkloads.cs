using Sim.Core;

namespace Sim.Benchmarks;

/// <summary>The workloads on the virtual loop: the loop's own cost, without a kernel.</summary>
internal static class LoopWorkloads
{
    public static void Ready()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        var left = 5_000_000;
        Action<object?> chain = null!;
        chain = _ =>
        {
            if (--left > 0)
            {
                loop.CallSoon(chain, null);
            }
            else
            {
                loop.Stop();
            }
        };
        for (var i = 0; i < 1_000; i++)
        {
            loop.CallSoon(chain, null);
        }

        loop.RunForever();
    }

    public static void Timers()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        var random = 42UL;
        var fired = 0;
        void Fire()
        {
            if (++fired == 1_000_000)
            {
                loop.Stop();
            }
        }

        for (var i = 0; i < 1_000_000; i++)
        {
            loop.CallLater(TimeSpan.FromMilliseconds(1 + Next(ref random, 1_000_000)), Fire);
        }

        loop.RunForever();
    }

    public static void Sleepers() => InTasks(10_000, async random =>
    {
        for (var i = 0; i < 100; i++)
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1 + Next(ref random[0], 1_000)));
        }
    });

    public static void Yields() => InTasks(1_000, async _ =>
    {
        for (var i = 0; i < 1_000; i++)
        {
            await Asyncio.SleepAsync(TimeSpan.Zero);
        }
    });

    public static void Gathers() => Asyncio.Run(
        async () =>
        {
            for (var round = 0; round < 50; round++)
            {
                var tasks = new LoopTask[10_000];
                for (var i = 0; i < tasks.Length; i++)
                {
                    tasks[i] = Asyncio.CreateTask(async () => await Asyncio.SleepAsync(TimeSpan.Zero), "yield");
                }

                await Asyncio.GatherAsync(tasks);
            }
        },
        () => Asyncio.NewVirtualEventLoop());

    private static void InTasks(int count, Func<ulong[], Task> body)
    {
        ulong[] random = [42];
        Asyncio.Run(
            async () =>
            {
                var tasks = new LoopTask[count];
                for (var i = 0; i < count; i++)
                {
                    tasks[i] = Asyncio.CreateTask(() => body(random), "work");
                }

                await Asyncio.GatherAsync(tasks);
            },
            () => Asyncio.NewVirtualEventLoop());
    }

    // The generator that all peers of these workloads use.
    private static int Next(ref ulong state, int bound)
    {
        state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((state >> 33) % (ulong)bound);
    }
}

using Sim.Core;

namespace Sim.Benchmarks;

/// <summary>The workloads on the virtual loop: the loop's own cost, without a kernel.</summary>
internal static class LoopWorkloads
{
    public static void Ready() => Ready(new LoopOptions());

    /// <summary>The same on a loop that tells .NET's metrics of itself.</summary>
    public static void Ready(LoopOptions options)
    {
        using var loop = Asyncio.NewVirtualEventLoop(options);
        var left = Sizes.Callbacks;
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
        for (var i = 0; i < Sizes.Chains; i++)
        {
            loop.CallSoon(chain, null);
        }

        loop.RunForever();
    }

    public static void Timers()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        var random = Sizes.Seed;
        var fired = 0;
        void Fire()
        {
            if (++fired == Sizes.Timers)
            {
                loop.Stop();
            }
        }

        for (var i = 0; i < Sizes.Timers; i++)
        {
            loop.CallLater(TimeSpan.FromMilliseconds(Sizes.NextDelay(ref random, Sizes.LongestDelay)), Fire);
        }

        loop.RunForever();
    }

    public static void Sleepers() => InTasks(Sizes.Sleepers, static async random =>
    {
        for (var i = 0; i < Sizes.Sleeps; i++)
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(Sizes.NextDelay(ref random[0], Sizes.LongestSleep)));
        }
    });

    public static void Yields() => InTasks(Sizes.Yielders, static async _ =>
    {
        for (var i = 0; i < Sizes.Yields; i++)
        {
            await Asyncio.SleepAsync(TimeSpan.Zero);
        }
    });

    public static void Gathers() => Run(static async () =>
    {
        for (var round = 0; round < Sizes.Gathers; round++)
        {
            var tasks = new LoopTask[Sizes.Gathered];
            for (var i = 0; i < tasks.Length; i++)
            {
                tasks[i] = Asyncio.CreateTask(static async () => await Asyncio.SleepAsync(TimeSpan.Zero), "yield");
            }

            await Asyncio.GatherAsync(tasks);
        }
    });

    public static void Queues() => Run(static async () =>
    {
        var (there, back) = (new AsyncQueue<int>(1), new AsyncQueue<int>(1));
        var other = Asyncio.CreateTask(async () =>
        {
            for (var i = 0; i < Sizes.Messages / 2; i++)
            {
                await back.PutAsync(await there.GetAsync());
            }
        });
        for (var i = 0; i < Sizes.Messages / 2; i++)
        {
            await there.PutAsync(i);
            await back.GetAsync();
        }

        await other;
    });

    private static void InTasks(int count, Func<ulong[], Task> body) => Run(async () =>
    {
        ulong[] random = [Sizes.Seed];
        var tasks = new LoopTask[count];
        for (var i = 0; i < count; i++)
        {
            tasks[i] = Asyncio.CreateTask(() => body(random), "work");
        }

        await Asyncio.GatherAsync(tasks);
    });

    private static void Run(Func<Task> body) => Asyncio.Run(body, static () => Asyncio.NewVirtualEventLoop());
}

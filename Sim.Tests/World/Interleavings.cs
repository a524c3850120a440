using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>Small programs whose schedules can be counted, and what the tests of strategies ask of them.</summary>
internal static class Interleavings
{
    /// <summary>The letters that the steps of a program wrote, for the test that runs now.</summary>
    [ThreadStatic]
    private static string? _written;

    /// <summary>Two tasks of so many steps each, which write an a or a b a step and have nothing to do with each other.</summary>
    public static Func<Task> Independent(int ofA, int ofB) => async () =>
        await Asyncio.GatherAsync(Asyncio.CreateTask(() => WriteAsync('a', ofA), "a"), Asyncio.CreateTask(() => WriteAsync('b', ofB), "b"));

    /// <summary>
    /// k - 1 setters write a = 1, then b = -1; a checker reads a, then b, and fails unless it sees neither or both. Between two
    /// creations main yields, so that a random walk has long run the first setters when the checker comes.
    /// </summary>
    public static Func<Task> Reorder(int k, bool isPaced = false) => async () =>
    {
        var (a, b) = (0, 0);
        var tasks = new LoopTask[k];
        for (var i = 0; i < k; i++)
        {
            tasks[i] = Asyncio.CreateTask(i < k - 1 ? SetAsync : CheckAsync, $"task{i}");
            if (isPaced)
            {
                await Asyncio.YieldAsync();
            }
        }

        await Asyncio.GatherAsync<ValueTuple>(tasks);

        async Task SetAsync()
        {
            await Asyncio.YieldBeforeAsync("a");
            a = 1;
            await Asyncio.YieldBeforeAsync("b");
            b = -1;
        }

        async Task CheckAsync()
        {
            await Asyncio.YieldBeforeAsync("a", isWrite: false);
            var first = a;
            await Asyncio.YieldBeforeAsync("b", isWrite: false);
            if ((first, b) is not ((0, 0) or (1, -1)))
            {
                throw new InvalidOperationException("The writes are seen out of order.");
            }
        }
    };

    /// <summary>One of everything that strategies meet: callbacks, timers, draws, flows of one task, announced and touched resources.</summary>
    public static async Task MixedAsync()
    {
        var loop = Asyncio.GetRunningLoop();
        var gate = new object();
        loop.CallSoon(static () => { });
        loop.CallLater(TimeSpan.FromMilliseconds(2), static () => { });
        var first = Asyncio.CreateTask(() => Task.WhenAll(WriteAsync('a', 3), WriteAsync('b', 3)), "flows");
        var second = Asyncio.CreateTask(
            async () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    await Asyncio.YieldBeforeAsync(gate);
                    loop.Touch("counter");
                    Simulation.Current.Draw("dice", 6);
                }

                await Asyncio.CreateTask(() => WriteAsync('c', 2), "grandchild");
            },
            "worker");
        var third = Asyncio.CreateTask(
            async () =>
            {
                await Asyncio.YieldBeforeAsync(gate, isWrite: false);
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));
                await Asyncio.YieldBeforeAsync("counter");
                loop.CallSoon(static () => { });
            },
            "sleeper");
        await Asyncio.GatherAsync<ValueTuple>(first, second, third);
    }

    /// <summary>Writes a letter in each of so many steps.</summary>
    public static async Task WriteAsync(char letter, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Write(letter);
            if (i < steps - 1)
            {
                await Asyncio.YieldAsync();
            }
        }
    }

    public static void Write(char letter) => _written += letter;

    /// <summary>What a counting run tells of a program.</summary>
    public static RunProfile Profile(Func<Task> body)
    {
        var counting = new ProfilingStrategy();
        Run(body, counting);
        return counting.ToProfile();
    }

    /// <summary>A run without a record.</summary>
    public static RunReport Run(Func<Task> body, IStrategy strategy)
    {
        _written = "";
        return Simulation.Run(body, new SimulationOptions { Strategy = strategy, Records = false, WatchThreadPool = false });
    }

    /// <summary>What a run wrote.</summary>
    public static string Written(Func<Task> body, IStrategy strategy)
    {
        var report = Run(body, strategy);
        return report.Failure is null ? _written! : throw new InvalidOperationException(report.Failure.Message);
    }

    /// <summary>How often each result was written in runs with the seeds from 1.</summary>
    public static SortedDictionary<string, int> Count(Func<Task> body, IStrategyFamily family, int runs)
    {
        var profile = Profile(body);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 1; seed <= runs; seed++)
        {
            var written = Written(body, family.Create(seed, profile));
            counts[written] = counts.GetValueOrDefault(written) + 1;
        }

        return counts;
    }

    /// <summary>
    /// The sum of the squared distances from an even spread over so many results, those that never came included. Divided by
    /// the even count it is the chi-square statistic.
    /// </summary>
    public static long SquaredDistances(IReadOnlyDictionary<string, int> counts, int results, int even) =>
        counts.Values.Sum(count => (long)(count - even) * (count - even)) + ((long)(results - counts.Count) * even * even);

    /// <summary>In how many runs with the seeds from 1 a program fails.</summary>
    public static int Failures(Func<Task> body, IStrategyFamily family, int runs)
    {
        var profile = Profile(body);
        return Enumerable.Range(1, runs).Count(seed => !Run(body, family.Create(seed, profile)).Passed);
    }
}

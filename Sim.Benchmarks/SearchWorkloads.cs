using Sim.Core;
using Sim.World;

namespace Sim.Benchmarks;

/// <summary>What a search pays for its strategy: runs without a record, of five tasks that do nothing but take turns.</summary>
internal static class SearchWorkloads
{
    private const int Tasks = 5, Yields = 100_000;

    public static IEnumerable<Workload> All { get; } = from name in (string[])["fifo", "random", "round-robin", "pct:3", "pos", "urw", "delay:2"]
                                                       select new Workload($"S1 decisions of {name}: 5 tasks x 100,000 yields", Tasks * Yields, () => Decide(name));

    // Made once, in the round that warms up.
    private static readonly Lazy<RunProfile> _profile = new(static () =>
    {
        var counting = new ProfilingStrategy();
        Run(counting);
        return counting.ToProfile();
    });

    private static void Decide(string name) => Run(StrategyFamilies.Parse(name).Create(1, _profile.Value));

    private static void Run(IStrategy strategy)
    {
        var report = Simulation.Run(
            static async () =>
            {
                var tasks = new LoopTask[Tasks];
                for (var i = 0; i < Tasks; i++)
                {
                    tasks[i] = Asyncio.CreateTask(
                        static async () =>
                        {
                            for (var j = 0; j < Yields; j++)
                            {
                                await Asyncio.YieldAsync();
                            }
                        },
                        "work");
                }

                await Asyncio.GatherAsync<ValueTuple>(tasks);
            },
            new SimulationOptions { Strategy = strategy, Records = false, StepLimit = long.MaxValue, WatchThreadPool = false });
        if (report.Failure is { } failure)
        {
            throw new InvalidOperationException(failure.Message);
        }
    }
}

using System.Diagnostics;

namespace Sim.Benchmarks;

/// <summary>Something to measure: so many operations at once.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Operations">How many operations one call makes.</param>
/// <param name="Run">Makes them.</param>
internal sealed record Workload(string Name, int Operations, Action Run)
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1 ready: raw ring of delegates (the floor)", 5_000_000, Floor.Ready),
        new("W1 ready: CallSoon in 1,000 chains", 5_000_000, LoopWorkloads.Ready),
        new("W2 timers: 1,000,000 pseudo-random", 1_000_000, LoopWorkloads.Timers),
        new("W3 sleepers: 10,000 tasks x 100 sleeps", 1_000_000, LoopWorkloads.Sleepers),
        new("W4 yield: 1,000 tasks x 1,000 yields", 1_000_000, LoopWorkloads.Yields),
        new("W5 gather: 50 x 10,000 tasks", 500_000, LoopWorkloads.Gathers),
        .. SearchWorkloads.All,
    ];

    /// <summary>Median time and allocated bytes of one operation.</summary>
    public (double Nanoseconds, double Bytes) Measure(int rounds)
    {
        Run();
        var times = new double[rounds];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            Run();
            times[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Operations;
        }

        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)rounds / Operations;
        Array.Sort(times);
        return (times[rounds / 2], bytes);
    }
}

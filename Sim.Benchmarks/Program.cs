using System.Globalization;
using Sim.Benchmarks;

if (args is [ConnectionServer.Argument])
{
    new ConnectionServer().Run();
    return 0;
}

if (args is ["connections", .. var counts])
{
    var crowd = counts.Length > 0 ? int.Parse(counts[0], CultureInfo.InvariantCulture) : 10_000;
    var total = counts.Length > 1 ? int.Parse(counts[1], CultureInfo.InvariantCulture) : 1_000_000;
    return new ConnectionCounts(crowd, total).Run(Console.Out) ? 0 : 1;
}

// Each workload once to warm up and a few times to measure; the table has the median. Ratios within one run are what
// counts: the absolute figures are those of this machine and of what else it is doing.
Console.WriteLine($"{"workload",-52} {"ns/op",10} {"bytes/op",10}");
foreach (var workload in Workload.All)
{
    var (nanoseconds, bytes) = workload.Measure(rounds: 5);
    Console.WriteLine($"{workload.Name,-52} {nanoseconds,10:F1} {bytes,10:F1}");
}

Console.WriteLine();
Console.WriteLine($"{"allocated in steady state",-60} {"bytes in 1,000,000",18}");
foreach (var (name, bytes) in SteadyState.Measure())
{
    Console.WriteLine($"{name,-60} {bytes,18:N0}");
}

return 0;

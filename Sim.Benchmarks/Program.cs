using Sim.Benchmarks;

// Each workload once to warm up and a few times to measure; the table has the median. Ratios within one run are what
// counts: the absolute figures are those of this machine and of what else it is doing.
Console.WriteLine($"{"workload",-44} {"ns/op",10} {"bytes/op",10}");
foreach (var workload in Workload.All)
{
    var (nanoseconds, bytes) = workload.Measure(rounds: 5);
    Console.WriteLine($"{workload.Name,-44} {nanoseconds,10:F1} {bytes,10:F1}");
}

namespace Sim.Benchmarks;

/// <summary>The table of the loop's own workloads: each once to warm up and a few times to measure, the median of them.</summary>
internal static class WorkloadTable
{
    private const int Rounds = 5;

    public static int Write(IReadOnlyList<string> rows, TextWriter report)
    {
        report.WriteLine("| workload | ns/op | bytes/op |");
        report.WriteLine("| --- | ---: | ---: |");
        foreach (var workload in Workload.All.Where(workload => rows.Count == 0 || rows.Contains(workload.Name[..2])))
        {
            var (nanoseconds, bytes) = workload.Measure(Rounds);
            report.WriteLine($"| {workload.Name} | {nanoseconds:F1} | {bytes:F1} |");
        }

        report.WriteLine();
        return 0;
    }
}

using System.Globalization;

namespace Sim.Benchmarks;

/// <summary>A table of workloads that only Sim has: operations a second, and nanoseconds for one.</summary>
internal sealed class WorkloadTable(string heading, IReadOnlyList<Workload> workloads)
{
    /// <summary>The workloads as a peer, so that each is measured in a process of its own.</summary>
    public ManagedPeer Peer { get; } = new(
        heading, workloads.ToDictionary(static workload => workload.Name, static workload => workload.Run))
    {
        About = heading,
        Cut = workloads.ToDictionary(static workload => workload.Name, static workload => workload.Operations),
    };

    public IReadOnlyList<string> Rows { get; } = [.. workloads.Select(static workload => workload.Row).Distinct()];

    public Results Write(IReadOnlyList<string> rows, TextWriter report)
    {
        var results = new Results();
        report.WriteLine($"## {heading}");
        report.WriteLine();
        report.WriteLine("| | a second | ns for one |");
        report.WriteLine("| --- | ---: | ---: |");
        foreach (var workload in workloads.Where(workload => rows.Count == 0 || rows.Contains(workload.Row)))
        {
            Console.Error.WriteLine(workload.Name);
            var measured = Peer.Measure(workload.Name);
            results.Add(workload.Name, Peer, measured);
            var rate = (1_000_000_000 / measured.Nanoseconds).ToString("N0", CultureInfo.InvariantCulture);
            report.WriteLine($"| {workload.Row} {workload.Name} | {rate} | {Results.Number(measured.Nanoseconds)} |");
        }

        report.WriteLine();
        return results;
    }
}

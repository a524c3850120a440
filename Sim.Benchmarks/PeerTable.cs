namespace Sim.Benchmarks;

/// <summary>The table of the workloads, a column for each peer: nanoseconds an operation, and how many times Sim's.</summary>
internal static class PeerTable
{
    public static IReadOnlyList<string> Rows { get; } = ["W1", "W2", "W3", "W4", "W5", "W6"];

    private static readonly Dictionary<string, string> _titles = new()
    {
        ["W1"] = "W1 callback",
        ["W2"] = "W2 timer",
        ["W3"] = "W3 sleep",
        ["W4"] = "W4 yield",
        ["W5"] = "W5 gathered task",
        ["W6"] = "W6 message",
    };

    public static int Write(IReadOnlyList<string> rows, TextWriter report)
    {
        rows = rows.Count == 0 ? Rows : rows;
        var results = new Results();
        foreach (var row in rows)
        {
            foreach (var peer in Peers.All.Where(peer => peer.Missing is null && peer.Has(row)))
            {
                Console.Error.WriteLine($"{row} {peer.Name}");
                results.Add(row, peer, peer.Measure(row));
            }
        }

        WriteTable(rows, results, report);
        Aims.WriteFor(rows, results, report);
        return 0;
    }

    private static void WriteTable(IReadOnlyList<string> rows, Results results, TextWriter report)
    {
        report.WriteLine("## Callbacks, timers, tasks");
        report.WriteLine();
        report.WriteLine("Nanoseconds for one operation, and in brackets how many times Sim's.");
        report.WriteLine();
        var peers = Peers.All.Where(peer => rows.Any(peer.Has)).ToList();
        report.WriteLine($"| | {string.Join(" | ", peers.Select(static peer => peer.Name))} |");
        report.WriteLine($"| --- |{string.Concat(peers.Select(static _ => " ---: |"))}");
        foreach (var row in rows)
        {
            report.WriteLine($"| {_titles[row]} | {string.Join(" | ", peers.Select(peer => results.Cell(row, peer)))} |");
        }

        if (rows.Contains("W2"))
        {
            report.WriteLine($"| W2 peak, MB | {string.Join(" | ", peers.Select(peer => results.PeakCell("W2", peer)))} |");
        }

        report.WriteLine();
        foreach (var peer in peers)
        {
            var missing = peer.Missing is { } advice ? $" Not on this machine: {advice}." : "";
            report.WriteLine($"- **{peer.Name}**: {peer.About}.{missing}");
        }

        report.WriteLine();
    }
}

namespace Sim.Benchmarks;

/// <summary>What the loop is to reach: as a number, and beside the peers.</summary>
internal static class Aims
{
    private static readonly Aim[] _all =
    [
        AtMost("W1", 20, "a callback takes at most 20 ns"),
        NotMoreThan("W1", 3, "a callback takes at most 3 times the raw ring"),
        AtMost("W2", 700, "a timer takes at most 700 ns"),
        new("W2", "a timer of the best managed peer takes at least 3 times Sim's", 3, false, static results => BestManaged(results, "W2")),
        PerSecond("W3", 3_000_000, "at least 3,000,000 sleeps a second"),
        PerSecond("W4", 15_000_000, "at least 15,000,000 yields a second"),
        new("W4", "a yield of uvloop takes at least 10 times Sim's", 10, false, static results => Ratio(results, "W4", Peers.Uvloop)),
        PerSecond("W5", 3_000_000, "at least 3,000,000 gathered tasks a second"),
        PerSecond("W6", 6_000_000, "at least 6,000,000 messages a second"),
        .. PeerTable.Rows.Skip(1).Select(static row => NotMoreThan(row, 3, $"{row} takes at most 3 times the C# floor")),
    ];

    public static void WriteFor(IReadOnlyList<string> rows, Results results, TextWriter report) =>
        Write(_all.Where(aim => rows.Contains(aim.Row)), results, report);

    public static void Write(IEnumerable<Aim> aims, Results results, TextWriter report)
    {
        report.WriteLine("| aim | here | |");
        report.WriteLine("| --- | ---: | --- |");
        foreach (var aim in aims)
        {
            report.WriteLine(aim.Describe(results) ?? $"| {aim.Words} | – | not measured here |");
        }

        report.WriteLine();
    }

    private static Aim AtMost(string row, double bound, string words) =>
        new(row, words, bound, true, results => results.Of(row, Peers.Sim));

    private static Aim PerSecond(string row, double bound, string words) =>
        new(row, words, bound, false, results => 1_000_000_000 / results.Of(row, Peers.Sim));

    private static Aim NotMoreThan(string row, double bound, string words) =>
        new(row, words, bound, true, results => 1 / Ratio(results, row, Peers.Floor));

    private static double? Ratio(Results results, string row, Peer peer) => results.Of(row, peer) / results.Of(row, Peers.Sim);

    private static double? BestManaged(Results results, string row) =>
        Peers.Managed.Select(peer => Ratio(results, row, peer)).Where(static ratio => ratio is not null).Min();
}

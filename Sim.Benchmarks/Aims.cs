namespace Sim.Benchmarks;

/// <summary>What the loop is to reach: as a number, and beside the peers.</summary>
internal static class Aims
{
    private const string Callback = "a look at the two contexts of the thread before each callback, capturing the caller's context, and a "
        + "sequence number by which it can be cancelled";

    private const string Timers = "a timer is an object that can be cancelled, and memory: a million of them are in no cache";

    private const string Sleeps = "two turns for each sleep, as asyncio has it, and memory: the tasks and timers are in no cache";

    private const string Tasks = "some 700 bytes a task: the task, its identity and context, the box of the async method, a copy of the "
        + "execution context that says whose flow it is; the floor has the box only";

    private const string Turns = "two tasks take turns, and each turn is an iteration of the loop";

    private static readonly Aim[] _all =
    [
        AtMost("W1", 20, "a callback takes at most 20 ns", Callback),
        NotMoreThan("W1", 3, "a callback takes at most 3 times the raw ring", Callback),
        AtMost("W2", 700, "a timer takes at most 700 ns", Timers),
        new(
            "W2", "a timer of the best managed peer takes at least 3 times Sim's", 3, false,
            static results => BestManaged(results, "W2"), Timers),
        PerSecond("W3", 3_000_000, "at least 3,000,000 sleeps a second", Sleeps),
        PerSecond("W4", 15_000_000, "at least 15,000,000 yields a second", Callback),
        new(
            "W4", "a yield of uvloop takes at least 10 times Sim's", 10, false,
            static results => Ratio(results, "W4", Peers.Uvloop), Callback),
        PerSecond("W5", 3_000_000, "at least 3,000,000 gathered tasks a second", Tasks),
        PerSecond("W6", 6_000_000, "at least 6,000,000 messages a second", Turns),
        NotMoreThan("W2", 3, "W2 takes at most 3 times the C# floor", Timers),
        NotMoreThan("W3", 3, "W3 takes at most 3 times the C# floor", Sleeps),
        NotMoreThan("W4", 3, "W4 takes at most 3 times the C# floor", Callback),
        NotMoreThan("W5", 3, "W5 takes at most 3 times the C# floor", Tasks),
        NotMoreThan("W6", 3, "W6 takes at most 3 times the C# floor", Turns),
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

    private static Aim AtMost(string row, double bound, string words, string obstacle) =>
        new(row, words, bound, true, results => results.Of(row, Peers.Sim), obstacle);

    private static Aim PerSecond(string row, double bound, string words, string obstacle) =>
        new(row, words, bound, false, results => 1_000_000_000 / results.Of(row, Peers.Sim), obstacle);

    private static Aim NotMoreThan(string row, double bound, string words, string obstacle) =>
        new(row, words, bound, true, results => 1 / Ratio(results, row, Peers.Floor), obstacle);

    private static double? Ratio(Results results, string row, Peer peer) => results.Of(row, peer) / results.Of(row, Peers.Sim);

    private static double? BestManaged(Results results, string row) =>
        Peers.Managed.Select(peer => Ratio(results, row, peer)).Where(static ratio => ratio is not null).Min();
}

namespace Sim.Benchmarks;

/// <summary>Benchmarks that are run together: <c>./dev bench echo</c>.</summary>
/// <param name="Name">What chooses it on the command line.</param>
/// <param name="Rows">The names that choose some of it, <c>W1</c>; may be empty.</param>
/// <param name="Run">
/// Measures, and writes a section in Markdown: what the console shows is what the page gets. Progress goes to standard error. Of
/// the arguments it gets those behind its name, or the rows that were chosen; none = everything. The result is the exit code.
/// </param>
internal sealed record BenchmarkGroup(
    string Name, IReadOnlyList<string> Rows, Func<IReadOnlyList<string>, TextWriter, int> Run)
{
    /// <summary>All groups, in the order of the page. A further one is a further line.</summary>
    public static IReadOnlyList<BenchmarkGroup> All { get; } =
    [
        new("loop", PeerTable.Rows, PeerTable.Write),
        new("simulations", SearchWorkloads.Rows, SearchWorkloads.Write),
        new("watched", MeterCost.Rows, MeterCost.Write),
        new("threads", [], ThreadSafeEntry.Write),
        new("memory", [], SteadyState.Write),
        new("echo", [], EchoBenchmark.Write),
        new("connections", [], ConnectionCounts.Write),
    ];

    private bool Has(string word) => Name == word || Rows.Contains(word);

    /// <summary>Runs what the words choose: a group with arguments of its own, or some rows, or everything.</summary>
    public static int RunChosen(string[] words, TextWriter report)
    {
        if (words is [var first, .. var rest] && All.FirstOrDefault(group => group.Name == first) is { } named)
        {
            return named.Run(rest, report);
        }

        if (Array.Find(words, static word => !All.Any(group => group.Has(word))) is { } unknown)
        {
            Console.Error.WriteLine($"./dev bench: there is nothing named '{unknown}'. There are: "
                + string.Join(", ", All.SelectMany(static group => (IEnumerable<string>)[group.Name, .. group.Rows])) + ".");
            return 2;
        }

        var worst = 0;
        foreach (var group in All)
        {
            string[] rows = [.. words.Where(group.Rows.Contains)];
            if (words.Length == 0 || rows.Length > 0)
            {
                worst = Math.Max(worst, group.Run(rows, report));
            }
        }

        return worst;
    }
}

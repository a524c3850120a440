using System.Text;

namespace Sim.Testing;

/// <summary>The texts of <c>sim corpus</c>: what is kept, and what it is worth.</summary>
public static class CorpusText
{
    /// <summary>A line for each entry, below its scenario, and a line on all.</summary>
    /// <param name="folder">Where the corpus is.</param>
    /// <param name="entries">What is kept.</param>
    /// <param name="target">What to pass to <c>sim corpus</c>.</param>
    /// <param name="inFull">Whether to tell of each how it fails, and how it compares with its recording.</param>
    public static string Of(string folder, IReadOnlyList<CorpusEntry> entries, string target, bool inFull)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0)
        {
            return $"Nothing is kept in {folder}.\n";
        }

        var text = new StringBuilder();
        foreach (var ofScenario in entries.GroupBy(static entry => entry.Line.Scenario, StringComparer.Ordinal))
        {
            text.Append($"{ofScenario.Key}: {ofScenario.Count()} kept\n");
            foreach (var entry in ofScenario)
            {
                text.Append($"  {State(entry.State)}  {entry.Line}\n");
                if (inFull && entry.Replay is { } replay)
                {
                    text.Append(replay.Run.Failure is { } failure ? $"{Indented(failure.Message)}\n" : "")
                        .Append($"{Indented(replay.Compare())}\n");
                }
            }
        }

        var dead = entries.Count(static entry => !entry.IsAlive);
        text.Append(inFull || entries.Count > 1 ? "\n" : "").Append($"{Counted.Of(entries.Count, "failure")} kept in {folder}: ")
            .Append($"{entries.Count - dead} still {(entries.Count - dead == 1 ? "fails" : "fail")}");
        text.Append(dead == 0 ? ".\n" : $", {dead} not: sim corpus {target} prune drops {(dead == 1 ? "it" : "them")}.\n");
        return text.ToString();
    }

    /// <summary>What was dropped, a line each, and how many are left.</summary>
    public static string OfDropped(IReadOnlyList<CorpusEntry> entries, IReadOnlyList<CorpusEntry> dropped)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(dropped);
        var text = new StringBuilder();
        foreach (var entry in dropped)
        {
            text.Append($"dropped: {entry.Line} {Why(entry)}\n");
        }

        return text.Append($"{dropped.Count} dropped, {entries.Count - dropped.Count} kept.\n").ToString();
    }

    /// <summary>What a line that was added is worth.</summary>
    public static string OfAdded(CorpusEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var worth = entry.IsAlive ? $"It still fails: {entry.Replay!.Run.Failure!.Message}" : $"But today {Why(entry)[3..]}.";
        return $"Kept: {entry.Line}\n{worth}\n";
    }

    private static string Why(CorpusEntry entry) => entry.State switch
    {
        CorpusState.Orphaned => "as its scenario is not there any more, or must fail",
        CorpusState.Misfits => $"as it holds, and {entry.Replay!.Mismatch}",
        CorpusState.Holds => "as it holds",
        _ => "as it was asked",
    };

    private static string State(CorpusState state) => state switch
    {
        CorpusState.Fails => "fails          ",
        CorpusState.FailsOtherwise => "fails otherwise",
        CorpusState.Holds => "holds          ",
        CorpusState.Misfits => "no longer fits ",
        _ => "no scenario    ",
    };

    private static string Indented(string text) => "      " + text.ReplaceLineEndings("\n      ");
}

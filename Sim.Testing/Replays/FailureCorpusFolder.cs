namespace Sim.Testing;

/// <summary>
/// The corpora of all scenarios of a target, which lie in one folder: to look at, add to and tidy up. One thread at a time.
/// </summary>
/// <param name="folder">Where the files are; it need not exist.</param>
/// <param name="scenarios">The scenarios of the target.</param>
public sealed class FailureCorpusFolder(string folder, IReadOnlyList<Scenario> scenarios)
{
    /// <summary>Where the files are.</summary>
    public string Path => folder;

    /// <summary>The names of the scenarios of which something is kept, also of those that are there no more.</summary>
    /// <exception cref="ScenarioException">A file cannot be read.</exception>
    public IReadOnlyList<string> Names => [.. FailureCorpus.NamesIn(folder)];

    /// <summary>How many failures of a scenario are kept.</summary>
    /// <exception cref="ScenarioException">The file cannot be read.</exception>
    public int CountOf(string scenario) => FailureCorpus.Open(folder, scenario).Lines.Count;

    /// <summary>Makes the run of each line that is kept: scenario by scenario, in the order of their names.</summary>
    /// <exception cref="ScenarioException">A file cannot be read.</exception>
    public IEnumerable<CorpusEntry> Review() =>
        Names.SelectMany(name => FailureCorpus.Open(folder, name).Lines.ToArray()).Select(Review);

    /// <summary>Makes the run of one line.</summary>
    public CorpusEntry Review(ReplayLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (Find(line.Scenario) is not { MustFail: null } scenario)
        {
            return new CorpusEntry(line, CorpusState.Orphaned, null);
        }

        var replay = ReplayReport.Make(scenario, line);
        var state = !replay.Run.Passed ? line.EndsAlike(replay.Run) ? CorpusState.Fails : CorpusState.FailsOtherwise
            : replay.Mismatch is null ? CorpusState.Holds
            : CorpusState.Misfits;
        return new CorpusEntry(line, state, replay);
    }

    /// <summary>Keeps a line; its run need not fail.</summary>
    /// <returns>What it is worth.</returns>
    /// <exception cref="ScenarioException">There is no such scenario, it must fail, or the file cannot be read or written.</exception>
    public CorpusEntry Add(ReplayLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (ScenarioCatalog.Find(scenarios, line.Scenario).MustFail is not null)
        {
            throw new ScenarioException(
                $"Scenario '{line.Scenario}' must fail, so nothing is kept of it: its bug is there to be searched for.");
        }

        var corpus = FailureCorpus.Open(folder, line.Scenario);
        corpus.Add(line);
        corpus.Save();
        return corpus.Lines.Any(kept => kept.ToString() == line.ToString()) ? Review(line) : throw new ScenarioException(
            $"{FailureCorpus.Capacity} failures of '{line.Scenario}' are kept, all shorter than this one: prune them, or shrink it first.");
    }

    /// <summary>Forgets what holds, and what is orphaned.</summary>
    /// <returns>All that was there, forgotten or not.</returns>
    /// <exception cref="ScenarioException">A file cannot be read or written.</exception>
    public IReadOnlyList<CorpusEntry> Prune()
    {
        var entries = Review().ToList();
        Forget(entries.Where(static entry => !entry.IsAlive).Select(static entry => entry.Line));
        return entries;
    }

    /// <summary>Forgets all.</summary>
    /// <returns>What was there.</returns>
    /// <exception cref="ScenarioException">A file cannot be read or written.</exception>
    public IReadOnlyList<CorpusEntry> Clear()
    {
        var entries = Review().ToList();
        Forget(entries.Select(static entry => entry.Line));
        return entries;
    }

    private Scenario? Find(string name) => scenarios.FirstOrDefault(scenario => scenario.Name.Equals(name, StringComparison.Ordinal));

    private void Forget(IEnumerable<ReplayLine> lines)
    {
        foreach (var ofScenario in lines.GroupBy(static line => line.Scenario, StringComparer.Ordinal))
        {
            var corpus = FailureCorpus.Open(folder, ofScenario.Key);
            foreach (var line in ofScenario)
            {
                corpus.Remove(line);
            }

            corpus.Save();
        }
    }
}

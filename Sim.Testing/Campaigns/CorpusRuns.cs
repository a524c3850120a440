namespace Sim.Testing;

/// <summary>
/// The failures that were found before, made again before anything else. One that fails again is what the campaign reports; one
/// that holds is kept as long as its decisions fit the code, as a test of the regression, and dropped when they do not.
/// </summary>
internal sealed class CorpusRuns(Scenario scenario, CampaignOptions options)
{
    private readonly FailureCorpus _corpus = FailureCorpus.Open(options.Corpus!, scenario.Name);
    private readonly List<string> _dropped = [];

    /// <summary>What was dropped from the corpus, and why: a sentence for each.</summary>
    public IReadOnlyList<string> Dropped => _dropped;

    /// <summary>The report on the first that fails again; null when all hold.</summary>
    public CampaignReport? FindAgain(CancellationToken cancellationToken)
    {
        var runs = 0;
        foreach (var line in _corpus.Lines.ToArray())
        {
            runs++;
            var replay = ReplayReport.Make(scenario, line);
            if (!replay.Run.Passed)
            {
                using var exploration = new Exploration(scenario, options);
                return exploration.Recall(line, replay.Run, runs, cancellationToken);
            }

            if (replay.Mismatch is { } mismatch)
            {
                _corpus.Remove(line);
                _dropped.Add($"{line} is dropped from the corpus: it holds, and {mismatch}");
            }
        }

        return null;
    }

    /// <summary>Keeps the failure that a campaign has found, in place of the line that it came from.</summary>
    public void Keep(CampaignReport report)
    {
        if (report.Replay is { } found)
        {
            if (report.FromCorpus is { } before && before.ToString() != found.ToString())
            {
                _corpus.Remove(before);
            }

            _corpus.Add(found);
        }

        _corpus.Save();
    }
}

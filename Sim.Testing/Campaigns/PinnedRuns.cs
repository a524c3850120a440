using Sim.World;

namespace Sim.Testing;

/// <summary>The pinned runs of a scenario, made before anything else. What no longer fits the code is told, never passed over.</summary>
internal sealed class PinnedRuns(Scenario scenario, CampaignOptions options)
{
    private readonly List<string> _misfits = [];

    /// <summary>The pinned runs that hold, but not as they were recorded: a sentence for each.</summary>
    public IReadOnlyList<string> Misfits => _misfits;

    /// <summary>The report on the first that fails; null when all hold.</summary>
    public CampaignReport? FindAgain(CancellationToken cancellationToken)
    {
        var runs = 0;
        foreach (var pin in scenario.Pinned)
        {
            runs++;
            var line = ReplayLine.Parse(pin.Line);
            var replay = ReplayReport.Make(scenario, line, repairsWhatFits: false);
            if (!replay.Run.Passed)
            {
                using var exploration = new Exploration(scenario, options);
                return exploration.Recall(line, replay.Run, runs, cancellationToken) with { FromCorpus = null, FromPin = pin };
            }

            if (replay.Mismatch is { } mismatch)
            {
                var why = pin.Because is { } because ? $" ({because.TrimEnd('.')})" : "";
                _misfits.Add(
                    $"A pinned run{why} no longer guards anything: it holds, and {mismatch}. "
                    + $"Take its [SimReplay] away, or pin a run of the code as it is now. It was {pin.Line}");
            }
        }

        return null;
    }
}

using Sim.World;

namespace Sim.Testing;

/// <summary>The figures of a campaign: those of its runs, added in their order.</summary>
internal sealed class Tally
{
    private readonly HashSet<ulong> _schedules = [];
    private readonly ScheduleCoverage _coverage = new();
    private readonly List<CampaignFigures> _sinceMark = [];

    /// <summary>The figures of all runs so far.</summary>
    public CampaignFigures Now { get; private set; }

    /// <summary>What the first run that left something behind had left alive.</summary>
    public IReadOnlyList<string> LeftTasks { get; private set; } = [];

    public void Add(SeedRun run)
    {
        LeftTasks = LeftTasks.Count == 0 ? run.LeftTasks : LeftTasks;
        _schedules.Add(run.ScheduleHash);
        var coverage = Now.Coverage;
        if (run.Coverage is { } seen)
        {
            _coverage.Add(seen);
            coverage = new CampaignCoverage(_coverage.Runs, _coverage.Classes, _coverage.SeenOnce, _coverage.HandOvers);
        }

        Now = new CampaignFigures(Now.Runs + 1, _schedules.Count, Now.VirtualTime + run.VirtualTime, coverage);
        _sinceMark.Add(Now);
    }

    /// <summary>What was before this moment is not asked for any more.</summary>
    public void Mark() => _sinceMark.Clear();

    /// <summary>What the figures were after the run with this number, counted from 0; it was added since the last mark.</summary>
    public CampaignFigures After(int run) => _sinceMark[run - (Now.Runs - _sinceMark.Count)];
}

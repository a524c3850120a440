namespace Sim.Scoreboard;

/// <summary>All trials of one strategy on one program.</summary>
internal sealed record Cell(IReadOnlyList<TrialResult> Trials)
{
    /// <summary>In how many trials the bug has shown.</summary>
    public int Found => Trials.Count(static trial => trial.Found);

    /// <summary>The schedules to the first failure, in the mean of the trials that have found it; null if none has.</summary>
    public double? Mean => Found == 0 ? null : Trials.Where(static trial => trial.Found).Average(static trial => trial.Schedules);

    /// <summary>Schedules in a second, on this machine; 0 if it was too short to tell.</summary>
    public double Speed
    {
        get
        {
            var seconds = Trials.Sum(static trial => trial.Elapsed.TotalSeconds);
            return seconds > 0 ? Trials.Sum(static trial => (long)trial.Schedules) / seconds : 0;
        }
    }
}

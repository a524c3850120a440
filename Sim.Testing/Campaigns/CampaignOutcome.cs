namespace Sim.Testing;

/// <summary>A campaign with what a runner knows of it besides: what was asked for, and how long it took.</summary>
/// <param name="Report">What was found.</param>
/// <param name="Options">How it was explored.</param>
/// <param name="WallTime">How long it took, in real time.</param>
public sealed record CampaignOutcome(CampaignReport Report, CampaignOptions Options, TimeSpan WallTime)
{
    /// <summary>Whether nobody expected it: a failure, a planted bug that was not found, schedules that could not all be made.</summary>
    public bool IsUnexpected => Verdict is CampaignVerdict.Fails or CampaignVerdict.PlantedBugMissed or CampaignVerdict.Unfinished;

    /// <summary>What it comes to.</summary>
    public CampaignVerdict Verdict
    {
        get
        {
            if (Report is { Held: true, IsCovered: false, IsOutOfTime: false, Search: not { IsComplete: true } }
                && Report.Runs < Options.Runs)
            {
                return CampaignVerdict.Interrupted;
            }

            if (Report is { Held: true, Search.IsComplete: false, Scenario.MustFail: null })
            {
                return CampaignVerdict.Unfinished;
            }

            return (Report.AsExpected, Report.Scenario.MustFail) switch
            {
                (true, null) => CampaignVerdict.Holds,
                (true, _) => CampaignVerdict.PlantedBugFound,
                (false, { }) when Report.Held => CampaignVerdict.PlantedBugMissed,
                _ => CampaignVerdict.Fails,
            };
        }
    }
}

namespace Sim.Testing;

/// <summary>What a campaign comes to, held against what its scenario says of itself.</summary>
public enum CampaignVerdict
{
    /// <summary>All runs held, as they must.</summary>
    Holds,

    /// <summary>The scenario must fail and does.</summary>
    PlantedBugFound,

    /// <summary>The scenario must fail, and all runs held.</summary>
    PlantedBugMissed,

    /// <summary>A failure that nobody expected.</summary>
    Fails,

    /// <summary>All schedules were to be made, and there are more than runs that were allowed; those that were made held.</summary>
    Unfinished,

    /// <summary>Ended early with all runs held so far: nothing is decided.</summary>
    Interrupted,
}

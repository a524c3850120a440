namespace Sim.Testing;

/// <summary>How much a campaign has done so far.</summary>
/// <param name="Runs">How many runs.</param>
/// <param name="DistinctSchedules">How many different lists of decisions.</param>
/// <param name="VirtualTime">How much virtual time.</param>
/// <param name="Coverage">What they have seen; null if that is not counted.</param>
public readonly record struct CampaignFigures(int Runs, int DistinctSchedules, TimeSpan VirtualTime, CampaignCoverage? Coverage);

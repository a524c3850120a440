namespace Sim.Scoreboard;

/// <summary>How one trial went.</summary>
/// <param name="Found">Whether the bug has shown.</param>
/// <param name="Schedules">How many schedules it took: the last one is the failing one.</param>
/// <param name="Elapsed">How long that took on this machine.</param>
internal readonly record struct TrialResult(bool Found, int Schedules, TimeSpan Elapsed);

namespace Sim.World;

/// <summary>Why a run fails, told by a run that holds and is as near to it as could be. Immutable.</summary>
/// <param name="Failing">A run that fails, in the same way as the one to explain unless <see cref="FailsOtherwise"/>.</param>
/// <param name="Passing">The run that holds; null if none was found.</param>
/// <param name="Pair">The two steps whose order decides, if an order does.</param>
/// <param name="Choice">The decision that decides, if it is no order.</param>
/// <param name="Schedules">How many schedules were tried in search of one that holds.</param>
/// <param name="Runs">How many runs it took in all.</param>
public sealed record Explanation(
    ExplainedRun Failing, ExplainedRun? Passing, DecidingPair? Pair, DecidingChoice? Choice, int Schedules, int Runs)
{
    /// <summary>
    /// Whether <see cref="Failing"/> shows another face of the bug than the run to explain: another message, another deadlock of the
    /// same locks. What decides then decides whether it fails at all.
    /// </summary>
    public bool FailsOtherwise { get; init; }
}

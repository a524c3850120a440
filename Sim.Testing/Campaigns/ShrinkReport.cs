using Sim.World;

namespace Sim.Testing;

/// <summary>What became of making the run of a replay line smaller.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Replay">The replay of the line.</param>
/// <param name="Smallest">The smallest run found that fails in the same way, recorded; the replayed one if that holds.</param>
/// <param name="Runs">How many runs it took.</param>
/// <param name="IsMinimal">Whether every decision that is left is known to be needed (<see cref="Shrinker.IsMinimal"/>).</param>
public sealed record ShrinkReport(Scenario Scenario, ReplayReport Replay, RunReport Smallest, int Runs, bool IsMinimal)
{
    /// <summary>Whether the run of the line was the smallest already.</summary>
    public bool WasSmallest => Smallest.Script.Equals(Replay.Run.Script);

    /// <summary>The line of the smallest run.</summary>
    public ReplayLine Line => ReplayLine.Of(Scenario, Smallest);

    /// <summary>Replays the line, and shrinks what fails.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="line">Any failing run of it.</param>
    /// <param name="budget">How many runs it may make.</param>
    /// <param name="cancellationToken">Ends it after the run that is being made, with the smallest found so far.</param>
    /// <exception cref="ScenarioException">The line belongs to another scenario.</exception>
    public static ShrinkReport Make(Scenario scenario, ReplayLine line, int budget = 5_000, CancellationToken cancellationToken = default)
    {
        var replay = ReplayReport.Make(scenario, line);
        if (replay.Run.Passed)
        {
            return new ShrinkReport(scenario, replay, replay.Run, 0, false);
        }

        var (smallest, runs, isMinimal) = Exploration.Shrink(
            scenario, new CampaignOptions { ShrinkBudget = budget }, replay.Run, cancellationToken);
        return new ShrinkReport(scenario, replay, smallest, runs, isMinimal);
    }

    /// <summary>The text of <c>sim shrink</c>.</summary>
    /// <param name="target">What to pass to <c>sim replay</c>.</param>
    public string ToText(string target)
    {
        if (Replay.Run.Passed)
        {
            return $"{Scenario.Name} holds: there is nothing to shrink. {Replay.Compare()}\n";
        }

        var (was, left) = (Replay.Run.Script.Count, Smallest.Script.Count);
        var decisions = Counted.Of(left, "decision");
        var known = IsMinimal ? "" : " Some of them may not be needed: shrinking did not get to its end.";
        var size = left == 0 ? "is minimal: it fails first in, first out"
            : WasSmallest && IsMinimal ? $"is minimal already: {decisions}, {(left == 1 ? "and it is needed" : "and each is needed")}"
            : WasSmallest ? $"could not be made smaller than {decisions}"
            : was == left ? $"is simplified: {decisions} still, but lower ones"
            : $"is shrunk from {was} to {decisions}";
        return $"{Scenario.Name} {size} ({Counted.Of(Runs, "run")}).{(left == 0 ? "" : known)}\n\n"
            + FailureText.OfShrunk(Scenario, Smallest, target);
    }
}

namespace Sim.World;

/// <summary>
/// A kind of strategy, of which a search takes one for each run. The decisions of a run are a function of scenario, family,
/// seed and profile, and of nothing else: neither the order of the runs nor how many are made at a time matters. Any thread.
/// </summary>
public interface IStrategyFamily
{
    /// <summary>The name by which <see cref="StrategyFamilies.Parse"/> knows it: <c>random</c>, <c>pct:3</c>.</summary>
    string Name { get; }

    /// <summary>
    /// What its seeds decide differently, so that it can be held to it: a campaign plants a bug that shows so, and refuses to go on
    /// with a family that does not find it. Null where every seed makes the same schedule.
    /// </summary>
    DecisionKind? Varies => DecisionKind.Order;

    /// <summary>The strategy of one run.</summary>
    /// <param name="seed">Stands for the run.</param>
    /// <param name="profile">What is known of the scenario; <see cref="RunProfile.Empty"/> if nothing is.</param>
    IStrategy Create(long seed, RunProfile profile);
}

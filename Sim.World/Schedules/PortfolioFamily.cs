namespace Sim.World;

/// <summary>
/// A portfolio: run after run another strategy, in turn by seed. Every strategy is blind to something; together they are not,
/// at the price of a factor as large as their number. The idea is that of Coyote: Deligiannis and others, "Industrial-strength
/// controlled concurrency testing for C# programs with Coyote", TACAS 2023.
/// </summary>
/// <remarks>Guarantee: that of each member, in its share of the runs.</remarks>
/// <param name="members">In the order of their turns.</param>
public sealed class PortfolioFamily(IReadOnlyList<IStrategyFamily> members) : IStrategyFamily
{
    /// <inheritdoc/>
    public string Name => "portfolio";

    /// <inheritdoc/>
    public IStrategy Create(long seed, RunProfile profile)
    {
        // Seed 1 is the first that decides anything: 0 is first in, first out in a campaign.
        var turn = (int)(unchecked((ulong)seed - 1) % (ulong)members.Count);
        return members[turn].Create(seed, profile);
    }
}

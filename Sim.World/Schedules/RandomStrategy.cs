namespace Sim.World;

/// <summary>
/// A random walk: every possible value with the same chance at each decision, drawn from a seed. Work takes no time: that a
/// timer is faster than what is ready is for other strategies.
/// </summary>
/// <param name="seed">The seed; the same seed gives the same decisions for the same scenario.</param>
public sealed class RandomStrategy(long seed) : SeededStrategy("random", seed)
{
    /// <inheritdoc/>
    protected override void Restart()
    {
    }

    /// <inheritdoc/>
    protected override int Choose(in DecisionPoint point) => Source.Below(point.Bound);
}

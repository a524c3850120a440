namespace Sim.World;

/// <summary>
/// A random walk: every possible value with the same chance at each decision, drawn from a seed. Work takes no time: that a
/// timer is faster than what is ready is for other strategies.
/// </summary>
/// <param name="seed">The seed; the same seed gives the same decisions for the same scenario.</param>
public sealed class RandomStrategy(long seed) : IStrategy
{
    private SplitMix64 _source = new(seed);

    /// <inheritdoc/>
    public string Name => $"random, seed {seed}";

    /// <inheritdoc/>
    public void Begin() => _source = new SplitMix64(seed);

    /// <inheritdoc/>
    public int Decide(in DecisionPoint point) => point.Kind == DecisionKind.Time ? 0 : _source.Below(point.Bound);
}

namespace Sim.World;

/// <summary>A random walk: every possible value with the same chance at each decision, drawn from a seed.</summary>
/// <param name="seed">The seed; the same seed gives the same decisions for the same scenario.</param>
public sealed class RandomStrategy(long seed) : IStrategy
{
    private SplitMix64 _source = new(seed);

    /// <inheritdoc/>
    public string Name => $"random, seed {seed}";

    /// <inheritdoc/>
    public void Begin() => _source = new SplitMix64(seed);

    /// <inheritdoc/>
    public int Decide(in DecisionPoint point) => _source.Below(point.Bound);
}

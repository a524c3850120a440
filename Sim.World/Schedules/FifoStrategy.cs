namespace Sim.World;

/// <summary>First in, first out, and every draw the tame default: asyncio's own order, the baseline of every comparison.</summary>
public sealed class FifoStrategy : IStrategy
{
    /// <inheritdoc/>
    public string Name => "fifo";

    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public int Decide(in DecisionPoint point) => 0;
}

namespace Sim.World;

/// <summary>
/// Round robin: after each step it is the turn of the ready task with the next number, and after the last one of a callback,
/// and then of the first again. A baseline: one schedule for a scenario, whatever the seed, which decides draws only.
/// </summary>
/// <remarks>Guarantees nothing; costs a look at each of the ready.</remarks>
/// <param name="seed">The seed, for draws.</param>
public sealed class RoundRobinStrategy(long seed) : SeededStrategy("round-robin", seed)
{
    private long _last;

    /// <inheritdoc/>
    protected override void Restart() => _last = 0;

    /// <inheritdoc/>
    protected override int Choose(in DecisionPoint point)
    {
        var best = 0;
        var least = ulong.MaxValue;
        for (var i = 0; i < point.Bound; i++)
        {
            // What is not behind the last task wraps around to the end of the numbers.
            var distance = unchecked((ulong)(point.TaskOf(i) - _last - 1));
            if (distance < least)
            {
                (best, least) = (i, distance);
            }
        }

        return best;
    }

    /// <inheritdoc/>
    public override void Took(in DecisionPoint point, int value) => _last = point.TaskOf(value);
}

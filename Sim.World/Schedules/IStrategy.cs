namespace Sim.World;

/// <summary>
/// Decides. An instance serves one run after the other and may learn from each: <see cref="Begin"/> starts a run,
/// <see cref="End"/> ends it. It has no random source but its seed, so that seed and scenario give the decisions. One
/// thread at a time.
/// </summary>
public interface IStrategy
{
    /// <summary>The name in reports.</summary>
    string Name { get; }

    /// <summary>Whether it asks for <see cref="DecisionPoint.StepOf"/>: keys cost, and most strategies need none.</summary>
    bool NeedsStepKeys => false;

    /// <summary>
    /// Whether it is asked before every step how much time passes (<see cref="DecisionKind.Cost"/>); else work takes no time. The
    /// same answer throughout a run.
    /// </summary>
    bool PricesWork => false;

    /// <summary>A run begins.</summary>
    void Begin();

    /// <summary>Takes a value from 0 (the default) to <see cref="DecisionPoint.Bound"/> - 1.</summary>
    int Decide(in DecisionPoint point);

    /// <summary>A step begins: the one just decided, or the only one that was ready (a bound of 1).</summary>
    void Took(in DecisionPoint point, int value)
    {
    }

    /// <summary>The step that runs touches a resource of which others may touch the same.</summary>
    /// <param name="resource">The number of the resource in this run, from 0.</param>
    /// <param name="isWrite">Whether it is changed.</param>
    void Touched(int resource, bool isWrite)
    {
    }

    /// <summary>The run has ended.</summary>
    void End()
    {
    }
}

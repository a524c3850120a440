namespace Sim.World;

/// <summary>
/// Decides. An instance serves one run after the other: <see cref="Begin"/> starts a run. It has no random source but
/// its seed, so that seed and scenario give the decisions. One thread at a time.
/// </summary>
public interface IStrategy
{
    /// <summary>The name in reports.</summary>
    string Name { get; }

    /// <summary>A run begins.</summary>
    void Begin();

    /// <summary>Takes a value from 0 (the default) to <see cref="DecisionPoint.Bound"/> - 1.</summary>
    int Decide(in DecisionPoint point);
}

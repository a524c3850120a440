using System.Collections.Immutable;

namespace Sim.World;

/// <summary>How a recorded script fits code that has changed (<see cref="ScriptRepair"/>).</summary>
/// <param name="Recorded">What was recorded.</param>
/// <param name="Keys">The key of each of its deviations as it is now; null where one is not needed any more.</param>
/// <param name="Waits">
/// Whether it is read as who waits for whom: a step that another went ahead of waits until that one has run, whatever runs in
/// between.
/// </param>
public sealed record ScriptFit(DecisionScript Recorded, ImmutableArray<DecisionKey?> Keys, bool Waits)
{
    /// <summary>The strategy that follows it.</summary>
    public IStrategy ToStrategy()
    {
        var script = new DecisionScript(Recorded.Deviations.Zip(Keys).Where(static pair => pair.Second is not null)
            .Select(static pair => pair.First with { Key = pair.Second!.Value }));
        return Waits ? new WaitStrategy(script) : new ReplayStrategy(script);
    }
}

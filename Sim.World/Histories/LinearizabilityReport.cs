using System.Collections.Immutable;

namespace Sim.World;

/// <summary>Whether a history is linearizable, and why.</summary>
/// <param name="History">The history.</param>
/// <param name="Parts">What was found for each part, up to the first that has no order.</param>
public sealed record LinearizabilityReport(History History, ImmutableArray<Linearization> Parts)
{
    /// <summary>Whether each part has an order that explains all of it.</summary>
    public bool IsLinearizable => Failed is null;

    /// <summary>The part that has no such order; null if there is none.</summary>
    public Linearization? Failed => Parts.FirstOrDefault(static part => !part.IsComplete);
}

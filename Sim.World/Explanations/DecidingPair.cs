namespace Sim.World;

/// <summary>
/// Two steps next to each other whose order alone decides: before them the failing and the passing run are the same, step for
/// step; then the failing one takes <paramref name="First"/> and the passing one takes <paramref name="Second"/>.
/// </summary>
/// <param name="Place">Their place in both runs: so many steps come before.</param>
/// <param name="First">The step that is first where it fails.</param>
/// <param name="Second">The step that is first where it holds.</param>
public sealed record DecidingPair(int Place, ExplainedStep First, ExplainedStep Second)
{
    /// <summary>What both touch and at least one of them changes, as far as they said so: what they race for.</summary>
    public IEnumerable<string> SharedResources => First.Accesses
        .Where(own => Second.Accesses.Any(other => other.Resource == own.Resource && (own.IsWrite || other.IsWrite)))
        .Select(static access => access.Resource).Distinct();
}

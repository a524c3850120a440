namespace Sim.World;

/// <summary>What is left between a run that fails and one that holds.</summary>
/// <param name="Failing">The one that fails.</param>
/// <param name="Passing">The one that holds.</param>
/// <param name="Place">If the order of two steps next to each other is all: how many steps come before.</param>
/// <param name="Choice">If another decision is all: which.</param>
internal sealed record Difference(Attempt Failing, Attempt Passing, int? Place = null, DecidingChoice? Choice = null)
{
    /// <summary>Whether it is one swap or one decision.</summary>
    public bool IsDecided => Place is not null || Choice is not null;
}

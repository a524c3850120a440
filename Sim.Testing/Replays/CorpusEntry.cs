namespace Sim.Testing;

/// <summary>A kept failure, and what it is worth today.</summary>
/// <param name="Line">What is kept.</param>
/// <param name="State">Whether it still fails.</param>
/// <param name="Replay">Its run; null if its scenario is there no more.</param>
public sealed record CorpusEntry(ReplayLine Line, CorpusState State, ReplayReport? Replay)
{
    /// <summary>Whether <see cref="FailureCorpusFolder.Prune"/> keeps it: it fails.</summary>
    public bool IsAlive => State is CorpusState.Fails or CorpusState.FailsOtherwise;
}

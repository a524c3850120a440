namespace Sim.Testing;

/// <summary>What a kept failure is worth today.</summary>
public enum CorpusState
{
    /// <summary>It still fails, in the same way.</summary>
    Fails,

    /// <summary>Its run fails, but in another way.</summary>
    FailsOtherwise,

    /// <summary>It holds by the decisions that were recorded: what was wrong is mended.</summary>
    Holds,

    /// <summary>It holds, and its decisions fit the code no more: it tests nothing.</summary>
    Misfits,

    /// <summary>Its scenario is there no more, or must fail and so keeps nothing.</summary>
    Orphaned,
}

namespace Sim.World;

/// <summary>What a run made for an explanation has come to.</summary>
internal enum AttemptOutcome
{
    /// <summary>It holds.</summary>
    Holds,

    /// <summary>It fails in the way that is to be explained.</summary>
    Fails,

    /// <summary>It fails in another way: it says nothing about this one.</summary>
    FailsOtherwise,
}

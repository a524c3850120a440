namespace Sim.World;

/// <summary>What became of a call.</summary>
public enum CallOutcomeKind
{
    /// <summary>Nothing yet: it may or may not have taken effect.</summary>
    Pending,

    /// <summary>It returned a value, or just returned.</summary>
    Returned,

    /// <summary>It ended with an exception.</summary>
    Threw,

    /// <summary>It was cancelled. Unless the model says otherwise, that means that it has had no effect.</summary>
    Cancelled,
}

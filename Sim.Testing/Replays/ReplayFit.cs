namespace Sim.Testing;

/// <summary>How a replay compares with what was recorded.</summary>
public enum ReplayFit
{
    /// <summary>The same run, event for event.</summary>
    Identical,

    /// <summary>Another run that ends in the same way, by the recorded decisions as far as they still fit.</summary>
    SameOutcome,

    /// <summary>A run that fails in the same way if the decisions are taken at their recorded places, whatever the names there.</summary>
    ByPlace,

    /// <summary>A run that fails in the same way after decisions were moved to where they fit now.</summary>
    Moved,

    /// <summary>A run that ends in another way.</summary>
    OtherOutcome,
}

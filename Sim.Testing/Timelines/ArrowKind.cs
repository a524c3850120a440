namespace Sim.Testing;

/// <summary>How one step leads to another.</summary>
public enum ArrowKind
{
    /// <summary>It creates the task whose first step that is.</summary>
    Creates,

    /// <summary>It wakes the task.</summary>
    Wakes,

    /// <summary>It makes the callback ready.</summary>
    Calls,
}

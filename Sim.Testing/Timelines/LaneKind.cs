namespace Sim.Testing;

/// <summary>What a lane of a timeline stands for.</summary>
public enum LaneKind
{
    /// <summary>A task.</summary>
    Task,

    /// <summary>The loop itself: callbacks and timers, and what happens before the first step.</summary>
    Loop,
}

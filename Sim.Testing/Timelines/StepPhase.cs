namespace Sim.Testing;

/// <summary>What a step of a timeline is in the life of who takes it.</summary>
public enum StepPhase
{
    /// <summary>No step: what happens before the first one.</summary>
    Outside,

    /// <summary>The first step of a task.</summary>
    Begins,

    /// <summary>A task goes on after an await.</summary>
    GoesOn,

    /// <summary>A callback runs.</summary>
    Runs,
}

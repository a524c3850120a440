namespace Sim.Scoreboard;

/// <summary>A small concurrent program with a known bug that only some schedules show.</summary>
internal interface IBugProgram
{
    /// <summary>Its name in the literature.</summary>
    string Name { get; }

    /// <summary>The main task, on the running loop: returns when all is well, throws or waits for ever when the bug has shown.</summary>
    Task RunAsync();
}

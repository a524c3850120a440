namespace Sim.World;

/// <summary>In which way a run failed.</summary>
public enum FailureKind
{
    /// <summary>The scenario ended with an exception.</summary>
    Exception,

    /// <summary>An exception that nobody awaits: in a callback, or in a task whose outcome nobody looked at.</summary>
    Unobserved,

    /// <summary>Nothing was ready and nothing was due: the scenario would wait for ever.</summary>
    Stalled,

    /// <summary>The scenario took more steps than allowed.</summary>
    StepLimit,

    /// <summary>The main task had ended, and others were still alive (<see cref="SimulationOptions.LeakedTasksFail"/>).</summary>
    Leaked,

    /// <summary>The scenario took more virtual time than allowed.</summary>
    TimeLimit,

    /// <summary>Work left the loop, for the thread pool or a real timer.</summary>
    Escaped,

    /// <summary>The same decisions gave another trace: something outside of the simulation takes part.</summary>
    Nondeterministic,
}

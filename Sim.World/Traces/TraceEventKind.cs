namespace Sim.World;

/// <summary>The kinds of lines in a trace.</summary>
public enum TraceEventKind
{
    /// <summary>A task or callback gets its turn.</summary>
    Step,

    /// <summary>A task creates another.</summary>
    Create,

    /// <summary>A task suspends.</summary>
    Wait,

    /// <summary>A task is asked to stop.</summary>
    Cancel,

    /// <summary>A task ends.</summary>
    End,

    /// <summary>The program says something.</summary>
    Note,

    /// <summary>A number other than the default is drawn.</summary>
    Draw,

    /// <summary>An error that nobody awaits.</summary>
    Error,

    /// <summary>The run fails.</summary>
    Failure,
}

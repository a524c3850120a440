namespace Sim.World;

/// <summary>What a step did, as far as it counts for what happens before what.</summary>
internal enum StepEventKind : byte
{
    /// <summary>Read a resource.</summary>
    Read,

    /// <summary>Wrote a resource.</summary>
    Write,

    /// <summary>Drew a number.</summary>
    Draw,

    /// <summary>Saw whether something has ended.</summary>
    See,

    /// <summary>Asked a task to stop, after so many of its steps.</summary>
    Ask,

    /// <summary>Made a callback ready.</summary>
    Ready,

    /// <summary>Set a timer.</summary>
    Arm,

    /// <summary>Ended something, or counted towards its end.</summary>
    Finish,

    /// <summary>Took the outcome of what had ended.</summary>
    Take,
}

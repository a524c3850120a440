namespace Sim.Conformance;

/// <summary>Where an operation may stand and how it is run.</summary>
internal enum OpShape
{
    /// <summary>Runs at once; anywhere.</summary>
    Sync,

    /// <summary>May wait; in coroutines.</summary>
    Awaiting,

    /// <summary>Holds a body; in coroutines.</summary>
    Block,

    /// <summary>Holds a body, a handler and an end; anywhere.</summary>
    Try,

    /// <summary>Ends the proc; in coroutines.</summary>
    Return,
}

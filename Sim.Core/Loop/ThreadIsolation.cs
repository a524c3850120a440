namespace Sim.Core;

/// <summary>What a loop does about other threads that hand it work through its thread-safe doors.</summary>
public enum ThreadIsolation
{
    /// <summary>They are welcome: the normal case in production.</summary>
    Open,

    /// <summary>
    /// Such work is run, and reported to the exception handler as a <see cref="WorkEscapedException"/>: a run that must be
    /// a function of its decisions cannot depend on when another thread is done.
    /// </summary>
    Sealed,
}

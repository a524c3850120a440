namespace Sim.Properties;

/// <summary>The kinds of things that tasks of a storm do. What has a body stands behind <see cref="Run"/>.</summary>
internal enum StormKind
{
    Yield,
    Sleep,
    Put,
    Get,

    /// <summary>Gets a few items by <c>await foreach</c>.</summary>
    Read,
    Join,
    Shutdown,
    Event,

    /// <summary>Lets those go on who wait for the event.</summary>
    Signal,
    Condition,
    Notify,
    Barrier,
    Fail,

    /// <summary>Asks another task to stop.</summary>
    Ask,

    /// <summary>A body as it is.</summary>
    Run,
    Lock,
    Semaphore,
    Timeout,

    /// <summary>The waits of the body have a token, which is cancelled after a while.</summary>
    Token,

    /// <summary>Goes on when it is asked to stop.</summary>
    Swallow,

    // Each part of the body is a task from here on, an eager one if the number is odd.
    Shield,
    WaitFor,
    Group,
    Gather,
    Wait,
    AsCompleted,
}

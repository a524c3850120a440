namespace Sim.Properties;

/// <summary>The kinds of things that tasks of a storm do. What has a body stands behind <see cref="Run"/>.</summary>
internal enum StormKind
{
    Yield,
    Sleep,
    Put,
    Get,
    Event,
    Condition,
    Barrier,
    Fail,

    /// <summary>Asks another task to stop.</summary>
    Ask,

    /// <summary>A body as it is.</summary>
    Run,
    Lock,
    Semaphore,
    Timeout,

    /// <summary>Goes on when it is asked to stop.</summary>
    Swallow,

    // Each part of the body is a task from here on.
    Shield,
    Group,
    Gather,
    Wait,
}

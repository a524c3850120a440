namespace Sim.Properties;

/// <summary>A mistake that the reference loop can be told to make: a law that does not notice it is no law.</summary>
internal enum Mistake
{
    None,

    /// <summary>Timers with the same deadline fire last in, first out.</summary>
    TiesLastFirst,

    /// <summary>The youngest ready callback runs first.</summary>
    ReadyLastFirst,

    /// <summary>An iteration also runs what becomes ready during it.</summary>
    BatchGrows,

    /// <summary>A timer that is due runs ahead of what was ready before.</summary>
    TimersFirst,

    /// <summary>A result that has arrived beats a cancellation that comes before the task could take it.</summary>
    ResultBeatsCancellation,

    /// <summary>Cancelling a timer has no effect once its time has come.</summary>
    DueTimersCannotBeCancelled,
}

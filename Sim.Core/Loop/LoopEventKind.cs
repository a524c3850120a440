namespace Sim.Core;

/// <summary>What kind of thing an observer is told.</summary>
public enum LoopEventKind
{
    /// <summary>A callback became ready; <see cref="LoopEvent.Sequence"/> is its number.</summary>
    Ready,

    /// <summary>A ready callback or task step begins; the sequence number is the one it became ready with.</summary>
    Step,

    /// <summary>A task was created; the subject is its context.</summary>
    TaskCreated,

    /// <summary>A task ended; the text says how.</summary>
    TaskEnded,

    /// <summary>A task was asked to stop; the subject is its context.</summary>
    CancelRequested,

    /// <summary>The current task suspends; the text says on what.</summary>
    Wait,

    /// <summary>The program wrote a line into the trace.</summary>
    Note,

    /// <summary>A number other than the default was drawn.</summary>
    Draw,

    /// <summary>An error reached the exception handler.</summary>
    Error,
}

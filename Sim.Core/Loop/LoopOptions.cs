namespace Sim.Core;

/// <summary>How a loop behaves. Every choice is visible here; nothing is read from the environment.</summary>
public sealed record LoopOptions
{
    /// <summary>The name in messages and traces.</summary>
    public string Name { get; init; } = "loop";

    /// <summary>asyncio's debug mode: callbacks that take longer than <see cref="SlowCallback"/> are reported.</summary>
    public bool Debug { get; init; }

    /// <summary>How long a callback may take in debug mode, on the loop's clock.</summary>
    public TimeSpan SlowCallback { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Who chooses among the ready callbacks; null = first in, first out, at no cost.</summary>
    public IScheduler? Scheduler { get; init; }

    /// <summary>Who is told what happens; null = nobody, at no cost.</summary>
    public ILoopObserver? Observer { get; init; }

    /// <summary>
    /// Whether reports tell the line of code in which a task was created. For that the stack is looked at for each task, which takes some
    /// microseconds; only where there are a scheduler and an observer.
    /// </summary>
    public bool NotesCreationSites { get; init; } = true;

    /// <summary>Whether other threads may hand in work.</summary>
    public ThreadIsolation Isolation { get; init; }

    /// <summary>
    /// Whether a blocking wait on the loop thread (<c>Task.Result</c>, <c>Wait()</c>) is refused with a
    /// <see cref="BlockingWaitException"/>. Waiting for a contended <c>lock</c> is always allowed.
    /// </summary>
    public bool RefuseBlockingWaits { get; init; } = true;

    /// <summary>
    /// Whether a failure that nobody has seen is reported as soon as the garbage collector has taken its future, as CPython
    /// does, and not only when the loop closes. Null = as the one who makes the loop has it: on real time yes, else no,
    /// because a collector comes when it likes.
    /// </summary>
    public bool? ReportLostFailuresEarly { get; init; }

    /// <summary>
    /// Whether the loop tells .NET's metrics (the meter <c>Sim.Core</c>) of iterations, callbacks, what is ready, lag, and
    /// callbacks slower than <see cref="SlowCallback"/>; as long as nobody listens that costs nothing worth mentioning. Null = as
    /// the one who makes the loop has it: on real time yes, else no, because metrics are of the machine.
    /// </summary>
    public bool? Meters { get; init; }

    /// <summary>
    /// Exceptions that leave the loop at once, mid-batch, instead of going to the exception handler; the rest of the batch
    /// stays ready (rule 17). None by default.
    /// </summary>
    public Func<Exception, bool>? IsFatal { get; init; }

    /// <summary>
    /// Whether Ctrl-C (SIGINT) cancels the main coroutine of a run (<c>Asyncio.Run</c>, <c>Runner</c>), as in asyncio, unless the program
    /// handles that signal itself: the first asks it to stop, a second ends the process.
    /// </summary>
    public bool CancelsMainOnInterrupt { get; init; } = true;

    /// <summary>Where warnings of debug mode and unhandled errors are written; standard error by default.</summary>
    public Action<string> Log { get; init; } = static line => Console.Error.WriteLine(line);
}

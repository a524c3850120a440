namespace Sim.Core;

/// <summary>A task of a loop, whatever the type of its result. Loop thread only.</summary>
public interface ILoopTask
{
    /// <summary>The name in messages and traces.</summary>
    string Name { get; }

    /// <summary>The loop to which it belongs.</summary>
    EventLoop Loop { get; }

    /// <summary>Where it stands.</summary>
    FutureState State { get; }

    /// <summary>Whether it has ended.</summary>
    bool IsDone { get; }

    /// <summary>The future that every task is: for what takes futures, and for its exception.</summary>
    Future AsFuture();

    /// <summary>Suspends the current task until this one has ended, and throws what it threw. There is no result to take.</summary>
    FutureAwaiter GetAwaiter();

    /// <summary>How often <see cref="Cancel"/> was called, less the calls of <see cref="Uncancel"/> (asyncio's <c>cancelling()</c>).</summary>
    int CancelRequests { get; }

    /// <summary>
    /// Cancelled as soon as somebody asks this task to stop: for .NET code that the task awaits. Asking again does not
    /// cancel it again, and <see cref="Uncancel"/> does not bring it back.
    /// </summary>
    CancellationToken CancellationToken { get; }

    /// <summary>
    /// Asks the task to stop: an <see cref="OperationCanceledException"/> is thrown where it waits, or at its next wait on
    /// the loop (rules 52 to 60). Never delivered inline.
    /// </summary>
    /// <returns>False when the task has ended.</returns>
    bool Cancel();

    /// <summary>Takes one request back; at none left, one that was not delivered yet is dropped (rule 59).</summary>
    /// <returns>How many requests are left.</returns>
    int Uncancel();
}

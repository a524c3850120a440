using Sim.Core;

namespace Sim.Testing.Hosting;

/// <summary>What becomes of a background service that fails: the run fails, at once.</summary>
internal static class WorkerFailures
{
    /// <summary>Tells the loop, if there is anything to tell. As for the generic host, to be cancelled unasked is a failure, too.</summary>
    public static void Report(EventLoop loop, string name, Exception? failure, bool wasAsked)
    {
        if (failure is null || (failure is OperationCanceledException && wasAsked))
        {
            return;
        }

        var told = failure is OperationCanceledException
            ? new OperationCanceledException(
                $"{name} was cancelled at {loop.Time}, and nobody had told it to stop: "
                + "let the service handle the cancellation of what it waits for.",
                failure)
            : failure;
        loop.CallExceptionHandler(new LoopError("The background service failed", told, loop.Time, name));
    }
}

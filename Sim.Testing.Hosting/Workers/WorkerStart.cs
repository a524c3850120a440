using Microsoft.Extensions.Hosting;
using Sim.Core;
using Sim.Hosting;

namespace Sim.Testing.Hosting;

/// <summary>
/// Starts hosted services. The work of a <see cref="BackgroundService"/> becomes a task of the loop, and a failure of it fails
/// the run. Loop thread only.
/// </summary>
internal static class WorkerStart
{
    /// <exception cref="NotSupportedException">The service overrides the start of the base class, or is built otherwise than expected.</exception>
    public static async Task StartAsync(EventLoop loop, IHostedService service, CancellationToken token)
    {
        if (service is LoopBackgroundService onLoop)
        {
            await onLoop.StartAsync(token);
            // Not awaited: it ends when the service does, and throws nothing.
            _ = WatchAsync(loop, onLoop);
        }
        else if (service is BackgroundService worker)
        {
            StartOnLoop(loop, worker, token);
        }
        else
        {
            await service.StartAsync(token);
        }
    }

    private static void StartOnLoop(EventLoop loop, BackgroundService service, CancellationToken startToken)
    {
        var name = service.GetType().Name;
        CheckStart(service, name);
#pragma warning disable CA2000 // The service owns it from now on and disposes it.
        var stopping = CancellationTokenSource.CreateLinkedTokenSource(startToken);
#pragma warning restore CA2000
        var outcome = new TaskCompletionSource();
        // As in the base class since .NET 10: no step of the work inside of the start.
        var work = loop.CreateTask(() => BackgroundServiceParts.ExecuteAsync(service, stopping.Token), expression: name);
        BackgroundServiceParts.Set(service, outcome.Task, stopping);
        work.AddDoneCallback(ended =>
        {
            var failure = ended.IsCancelled ? new OperationCanceledException() : ended.Exception;
            Complete(outcome, failure);
            if (failure is not null && !(ended.IsCancelled && stopping.IsCancellationRequested))
            {
                Report(loop, failure, name);
            }
        });
    }

    private static async Task WatchAsync(EventLoop loop, LoopBackgroundService service)
    {
        try
        {
            await service.ExecuteTask!;
        }
        catch (OperationCanceledException) when (service.IsAskedToStop)
        {
            // So it should end.
        }
#pragma warning disable CA1031 // Whatever a service fails with fails the run.
        catch (Exception failure)
        {
            Report(loop, failure, service.GetType().Name);
        }
#pragma warning restore CA1031
    }

    // As the generic host sees it: cancelled without having been asked to is a failure, too.
    private static void Report(EventLoop loop, Exception failure, string name) =>
        loop.CallExceptionHandler(new LoopError("The background service failed", failure, loop.Time, name));

    // Without a context: the StopAsync of the base class awaits this with ConfigureAwait(false), and would go on on the
    // thread pool if this came from a context of the loop.
    private static void Complete(TaskCompletionSource outcome, Exception? failure)
    {
        var current = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (failure is OperationCanceledException)
            {
                outcome.SetCanceled();
            }
            else if (failure is not null)
            {
                outcome.SetException(failure);
            }
            else
            {
                outcome.SetResult();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(current);
        }
    }

    private static void CheckStart(BackgroundService service, string name)
    {
        var start = service.GetType().GetMethod(nameof(BackgroundService.StartAsync), [typeof(CancellationToken)]);
        if (start?.DeclaringType != typeof(BackgroundService))
        {
            throw new NotSupportedException(
                $"{name} overrides {nameof(BackgroundService.StartAsync)}, and that of the base class hands the work to the thread pool (Task.Run, since .NET 10), "
                + $"which no simulation can follow. Derive {name} from LoopBackgroundService of Sim.Hosting: its work runs on the loop in production too. Or move "
                + $"what the override does to the beginning of ExecuteAsync, or into {nameof(IHostedLifecycleService)}.{nameof(IHostedLifecycleService.StartingAsync)}.");
        }
    }
}

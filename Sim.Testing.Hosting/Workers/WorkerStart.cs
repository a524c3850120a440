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
    /// <exception cref="NotSupportedException">
    /// The service overrides the start of the base class, or is built otherwise than expected.
    /// </exception>
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
            CheckStart(worker);
            WorkerRun.Begin(loop, worker, token);
        }
        else
        {
            await service.StartAsync(token);
        }
    }

    private static async Task WatchAsync(EventLoop loop, LoopBackgroundService service)
    {
        Exception? failure = null;
        try
        {
            await (service.ExecuteTask ?? Task.CompletedTask);
        }
#pragma warning disable CA1031 // Whatever a service fails with fails the run.
        catch (Exception caught)
        {
            failure = caught;
        }
#pragma warning restore CA1031

        WorkerFailures.Report(loop, ServiceNames.Of(service), failure, service.IsAskedToStop);
    }

    private static void CheckStart(BackgroundService service)
    {
        var name = ServiceNames.Of(service);
        var start = service.GetType().GetMethod(nameof(BackgroundService.StartAsync), [typeof(CancellationToken)]);
        if (start?.DeclaringType != typeof(BackgroundService))
        {
            throw new NotSupportedException(
                $"{name} overrides {nameof(BackgroundService.StartAsync)}, and that of the base class hands the work to the thread "
                + "pool (Task.Run, since .NET 10), which no simulation can follow. "
                + $"Derive {name} from LoopBackgroundService of Sim.Hosting: its work runs on the loop in production too. "
                + "Or move what the override does to the beginning of ExecuteAsync, or into "
                + $"{nameof(IHostedLifecycleService)}.{nameof(IHostedLifecycleService.StartingAsync)}.");
        }
    }
}

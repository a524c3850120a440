using Microsoft.Extensions.Hosting;
using Sim.Core;

namespace Sim.Testing.Hosting;

/// <summary>
/// The work of a <see cref="BackgroundService"/> as a task of the loop, and its end as the service tells it. Loop thread only.
/// </summary>
internal sealed class WorkerRun
{
    private readonly TaskCompletionSource _outcome = new();
    private readonly CancellationTokenSource _stopping;
    private readonly EventLoop _loop;
    private readonly string _name;

    private WorkerRun(EventLoop loop, string name, CancellationToken startToken)
    {
        (_loop, _name) = (loop, name);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(startToken);
    }

    /// <summary>Begins it. As in the base class since .NET 10, no step of the work is taken inside of the start.</summary>
    public static void Begin(EventLoop loop, BackgroundService service, CancellationToken startToken)
    {
        var run = new WorkerRun(loop, ServiceNames.Of(service), startToken);
        var token = run._stopping.Token;
        var work = loop.CreateTask(() => BackgroundServiceParts.ExecuteAsync(service, token), expression: run._name);
        BackgroundServiceParts.Set(service, run._outcome.Task, run._stopping);
        work.AddDoneCallback(run.TellEnd);
        // Who asks the task to stop, as the end of a run does, asks the work: it may wait for something that only knows tokens.
        work.CancellationToken.UnsafeRegister(static stopping => ((CancellationTokenSource)stopping!).Cancel(), run._stopping);
    }

    private void TellEnd(Future ended)
    {
        var failure = ended.IsCancelled ? new OperationCanceledException() : ended.Exception;
        // Without a context: the StopAsync of the base class awaits this with ConfigureAwait(false), and would go on on the
        // thread pool if this came from a context of the loop.
        var current = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Complete(failure);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(current);
        }

        WorkerFailures.Report(_loop, _name, failure, _stopping.IsCancellationRequested);
    }

    private void Complete(Exception? failure)
    {
        if (failure is OperationCanceledException)
        {
            _outcome.SetCanceled();
        }
        else if (failure is not null)
        {
            _outcome.SetException(failure);
        }
        else
        {
            _outcome.SetResult();
        }
    }
}

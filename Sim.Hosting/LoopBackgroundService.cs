using Microsoft.Extensions.Hosting;
using Sim.Core;

namespace Sim.Hosting;

/// <summary>
/// A <see cref="BackgroundService"/> whose work is a task of the event loop, in production and in a simulation alike. (That
/// of the base class runs on the thread pool.) The host sees its end and its failure as that of any background service.
/// </summary>
/// <param name="loop">The loop to run on.</param>
public abstract class LoopBackgroundService(EventLoop loop) : BackgroundService
{
    private readonly CancellationTokenSource _stopping = new();
    private CancellationTokenRegistration _link;
    private Task? _execution;

    /// <summary>The loop on which the work runs.</summary>
    protected EventLoop Loop => loop;

    /// <summary>The work, as other threads see it; null before the start.</summary>
    public override Task? ExecuteTask => _execution;

    /// <summary>Whether the work was asked to stop, by the host or by a start that was given up. Any thread.</summary>
    public bool IsAskedToStop => _stopping.IsCancellationRequested;

    /// <summary>Creates the task, named after the type. It takes its first step on the loop, not inside of this call. Any thread.</summary>
    /// <param name="cancellationToken">Asks the work to stop, also when it has begun.</param>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _execution = loop.RunCoroutineThreadSafe(RunAsync, GetType().Name.Split('`')[0], CancellationToken.None);
        _link = cancellationToken.UnsafeRegister(static service => ((LoopBackgroundService)service!).AskToStop(), this);
        return Task.CompletedTask;
    }

    /// <summary>Cancels the token of the work, on the loop, and waits until it has ended, however it ends. Any thread.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_execution is not { } execution)
        {
            return;
        }

        AskToStop();
        try
        {
            await execution.WaitAsync(cancellationToken);
        }
#pragma warning disable CA1031 // How the work has ended is told by ExecuteTask; this only waits.
        catch (Exception)
        {
            // As in the base class.
        }
#pragma warning restore CA1031
    }

    /// <summary>Asks the work to stop and lets go of what was held for it. Waits for nothing.</summary>
    public override void Dispose()
    {
        _link.Dispose();
        AskToStop();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    // Who asks the task to stop, as the end of the loop does, asks the work: it may wait for something that only knows tokens.
    private async Task RunAsync()
    {
        using var link = Asyncio.CurrentTask()!.CancellationToken.UnsafeRegister(
            static stopping => ((CancellationTokenSource)stopping!).Cancel(), _stopping);
        await ExecuteAsync(_stopping.Token);
    }

    // What is registered on the token is the work's own, and runs on its thread.
    private void AskToStop()
    {
        try
        {
            loop.CallSoonThreadSafe(_stopping.Cancel);
        }
        catch (LoopClosedException)
        {
            // Nothing runs any more that could be asked.
        }
    }
}

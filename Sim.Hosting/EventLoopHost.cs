using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sim.Core;

namespace Sim.Hosting;

/// <summary>
/// Runs the loop while the host runs: from before the first hosted service starts until after the last one has stopped,
/// wherever among them it was registered. A loop that runs already is run by somebody else, and left alone.
/// </summary>
internal sealed class EventLoopHost(EventLoop loop, IServiceProvider services) : IHostedLifecycleService, IDisposable
{
    private readonly ILogger _logger = HostedLoops.LoggerOf(services);
    private LoopThread? _thread;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (loop.IsRunning)
        {
            return;
        }

        _thread = new LoopThread(loop, OnUnexpectedEnd);
        await _thread.Begun.WaitAsync(cancellationToken);
        LoopLog.Running(_logger, loop.Options.Name);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => _thread?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>A host that is disposed without having stopped: the loop must not run on, and its owner closes it next.</summary>
    public void Dispose()
    {
        if (_thread is { HasEnded: false } thread)
        {
            thread.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
    }

    private void OnUnexpectedEnd(Exception? failure)
    {
        if (failure is null)
        {
            LoopLog.Stopped(_logger, loop.Options.Name);
        }
        else
        {
            LoopLog.Failed(_logger, failure, loop.Options.Name);
        }

        services.GetService<IHostApplicationLifetime>()?.StopApplication();
    }
}

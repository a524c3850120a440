using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Sim.Core;
using Sim.Hosting;

namespace Sim.Tests;

/// <summary>Hosted services for a real host: they note on which thread they run.</summary>
public static class RealServices
{
    /// <summary>Uses the loop in its start and stop, though it was registered before the loop.</summary>
    public sealed class Early(EventLoop loop, ConcurrentQueue<string> told) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken) =>
            await loop.RunCoroutineThreadSafe(() => Tell("start"), cancellationToken);

        public async Task StopAsync(CancellationToken cancellationToken) =>
            await loop.RunCoroutineThreadSafe(() => Tell("stop"), cancellationToken);

        private async Task Tell(string what)
        {
            await Asyncio.YieldAsync();
            told.Enqueue($"{what} on {ThreadNames.Here()}");
        }
    }

    public sealed class OnLoop(EventLoop loop, TimeProvider time, ConcurrentQueue<string> told) : LoopBackgroundService(loop)
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, stoppingToken);
            told.Enqueue($"works on {ThreadNames.Here()} as {Asyncio.CurrentTask()!.Name}");
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
            }
            finally
            {
                told.Enqueue($"ends on {ThreadNames.Here()}");
            }
        }
    }

    public sealed class OnPool(TimeProvider time, ConcurrentQueue<string> told) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, stoppingToken);
            told.Enqueue($"works on {ThreadNames.Here()}");
        }
    }

    public sealed class Failing(EventLoop loop) : LoopBackgroundService(loop)
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Asyncio.YieldAsync();
            throw new InvalidOperationException("out of paper");
        }
    }
}

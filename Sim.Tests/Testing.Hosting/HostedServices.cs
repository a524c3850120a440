using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sim.Core;
using Sim.Hosting;
using Sim.World;

namespace Sim.Tests;

/// <summary>Hosted services of every kind that applications have.</summary>
public static partial class HostedServices
{
    public sealed class First(List<string> told) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) => Tell("starting");

        public Task StartAsync(CancellationToken cancellationToken) => Tell("start");

        public Task StartedAsync(CancellationToken cancellationToken) => Tell("started");

        public Task StoppingAsync(CancellationToken cancellationToken) => Tell("stopping");

        public Task StopAsync(CancellationToken cancellationToken) => Tell("stop");

        public Task StoppedAsync(CancellationToken cancellationToken) => Tell("stopped");

        private Task Tell(string what)
        {
            told.Add("First " + what);
            return Task.CompletedTask;
        }
    }

    public sealed class Second(List<string> told, TimeProvider time) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            told.Add("Second start");
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            told.Add("Second stop");
        }
    }

    public sealed partial class Ticker(TimeProvider time, ILogger<Ticker> logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Tick();
            }
        }

        [LoggerMessage(Level = LogLevel.Information, Message = "tick")]
        private partial void Tick();
    }

    /// <summary>Takes two seconds to end, and writes around that.</summary>
    public sealed class Careful(TimeProvider time) : BackgroundService
    {
        public override async Task StopAsync(CancellationToken cancellationToken)
        {
            Simulation.Current.Note("before");
            await base.StopAsync(cancellationToken);
            Simulation.Current.Note($"after {ExecuteTask!.Status}");
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken).ContinueWithoutThrowing();
            await Task.Delay(TimeSpan.FromSeconds(2), time, CancellationToken.None);
            Simulation.Current.Note("work has ended");
        }
    }

    public sealed class Eager : BackgroundService
    {
        public override Task StartAsync(CancellationToken cancellationToken) => base.StartAsync(cancellationToken);

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }

    public sealed class Failing(TimeProvider time) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), time, stoppingToken);
            throw new InvalidOperationException("out of paper");
        }
    }

    public sealed class FailingOnLoop(EventLoop loop) : LoopBackgroundService(loop)
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(5), stoppingToken);
            throw new InvalidOperationException("out of paper");
        }
    }

    public sealed class Deaf : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
            await Asyncio.SleepAsync(TimeSpan.FromHours(1), CancellationToken.None);
    }

    public sealed partial class OnLoop(EventLoop loop, TimeProvider time, ILogger<OnLoop> logger) : LoopBackgroundService(loop)
    {
        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            Say("begins");
            await base.StartAsync(cancellationToken);
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            try
            {
                for (var minute = 1; ; minute++)
                {
                    await Task.Delay(TimeSpan.FromMinutes(1), time, stoppingToken);
                    Count(minute);
                }
            }
            finally
            {
                Say("ends");
            }
        }

        [LoggerMessage(Level = LogLevel.Information, Message = "minute {Minute}")]
        private partial void Count(int minute);

        [LoggerMessage(Level = LogLevel.Information, Message = "{What}")]
        private partial void Say(string what);
    }

    public sealed class Once(TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Delay(TimeSpan.FromMinutes(10), time, stoppingToken);
            lifetime.StopApplication();
        }
    }

    public sealed class Confused : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => throw new OperationCanceledException("of something else");
    }

    public sealed class ConfusedOnLoop(EventLoop loop) : LoopBackgroundService(loop)
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => throw new OperationCanceledException("of something else");
    }

    public sealed class Broken : IHostedService, IDisposable
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no port");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => Simulation.Current.Note("Broken is disposed");
    }

    public sealed class SlowToClose : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
    }

    private static async Task ContinueWithoutThrowing(this Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sim.Core;
using Sim.Hosting;

namespace Sim.Properties;

/// <summary>Hosted services of each kind, which log what they do and take their time.</summary>
internal static partial class LoggedServices
{
    /// <summary>Service <paramref name="number"/>, whose kind and pace are drawn.</summary>
    public static IHostedService Make(int number, int kind, EventLoop loop, TimeProvider time, ILogger logger) => (kind % 3) switch
    {
        0 => new Plain(number, TimeSpan.FromSeconds(kind), time, logger),
        1 => new OnPool(number, TimeSpan.FromSeconds(kind), time, logger),
        _ => new OnLoop(number, TimeSpan.FromSeconds(kind), loop, logger),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service} {What}")]
    private static partial void Say(ILogger logger, int service, string what);

    private sealed class Plain(int number, TimeSpan pace, TimeProvider time, ILogger logger) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(pace, time, cancellationToken);
            Say(logger, number, "starts");
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(pace, time, cancellationToken);
            Say(logger, number, "has ended");
        }
    }

    private sealed class OnPool(int number, TimeSpan pace, TimeProvider time, ILogger logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            Say(logger, number, "starts");
            using var timer = new PeriodicTimer(pace, time);
            try
            {
                while (await timer.WaitForNextTickAsync(stoppingToken))
                {
                    Say(logger, number, "ticks");
                }
            }
            finally
            {
                await Task.Delay(pace, time, CancellationToken.None);
                Say(logger, number, "has ended");
            }
        }
    }

    private sealed class OnLoop(int number, TimeSpan pace, EventLoop loop, ILogger logger) : LoopBackgroundService(loop)
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            Say(logger, number, "starts");
            try
            {
                while (true)
                {
                    await Asyncio.SleepAsync(pace, stoppingToken);
                    Say(logger, number, "ticks");
                }
            }
            finally
            {
                await Asyncio.SleepAsync(pace, CancellationToken.None);
                Say(logger, number, "has ended");
            }
        }
    }
}

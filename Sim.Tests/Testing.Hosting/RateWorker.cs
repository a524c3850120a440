#region worker
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sim.Tests;

/// <summary>Fetches the exchange rate every hour; tries again, at longer and longer intervals, when that fails.</summary>
public sealed partial class RateWorker(IRateSource source, RateBoard board, TimeProvider time, ILogger<RateWorker> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hour = new PeriodicTimer(TimeSpan.FromHours(1), time);
        do
        {
            await RefreshAsync(stoppingToken);
        }
        while (await hour.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RefreshAsync(CancellationToken stoppingToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                board.Put(await source.FetchAsync(stoppingToken));
                Fetched(board.Cents);
                return;
            }
            catch (HttpRequestException error) when (attempt < 5)
            {
                Failed(error, attempt);
                await Task.Delay(TimeSpan.FromSeconds(10 << attempt), time, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The rate is {Cents}")]
    private partial void Fetched(int cents);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} failed")]
    private partial void Failed(Exception error, int attempt);
}
#endregion

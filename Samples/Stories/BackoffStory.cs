using Polly;
using Polly.Retry;
using Sim.Core;
using Sim.Testing;

namespace Samples;

/// <summary>
/// A service is down for fifty minutes, and a client retries with exponential back-off: after 1 s, 2 s, 4 s and so on.
/// It gets its answer at the 13th attempt, 4095 s after the first. That hour passes in milliseconds. Its length
/// is checked to the tick, so work takes no time.
/// </summary>
public static class BackoffStory
{
    private const int Attempts = 13;

    private static readonly TimeSpan _firstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _downFor = TimeSpan.FromMinutes(50);
    private static readonly TimeSpan _elapsed = TimeSpan.FromSeconds((1 << (Attempts - 1)) - 1);

    /// <summary>The loop's own sleep between attempts.</summary>
    [Scenario("backoff-hour", InstantWork = true)]
    public static Task SleepingAsync() => WaitForServiceAsync(async service =>
    {
        #region backoff
        var delay = _firstDelay;
        while (true)
        {
            try
            {
                return await service.AskAsync();
            }
            catch (IOException refusal)
            {
                Asyncio.GetRunningLoop().Note($"{refusal.Message}; next attempt in {delay}");
                await Asyncio.SleepAsync(delay);
                delay += delay;
            }
        }
        #endregion
    });

    /// <summary>.NET's own delay, by the loop's time.</summary>
    [Scenario("backoff-delay", InstantWork = true)]
    public static Task DelayingAsync() => WaitForServiceAsync(async service =>
    {
        for (var delay = _firstDelay; ; delay += delay)
        {
            try
            {
                return await service.AskAsync();
            }
            catch (IOException)
            {
                await Task.Delay(delay, Asyncio.GetRunningLoop().TimeProvider);
            }
        }
    });

    /// <summary>A library that has never heard of this loop: it takes a <see cref="TimeProvider"/>.</summary>
    [Scenario("backoff-polly", InstantWork = true)]
    public static Task PollyAsync() => WaitForServiceAsync(async service =>
    {
        #region backoff-polly
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = Asyncio.GetRunningLoop().TimeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<IOException>(),
                BackoffType = DelayBackoffType.Exponential,
                Delay = _firstDelay,
                MaxRetryAttempts = int.MaxValue,
            })
            .Build();
        return await pipeline.ExecuteAsync(async _ => await service.AskAsync());
        #endregion
    });

    private static async Task WaitForServiceAsync(Func<FlakyService, Task<string>> askUntilAnsweredAsync)
    {
        var loop = Asyncio.GetRunningLoop();
        var start = loop.Time;
        var service = new FlakyService(loop.TimeProvider, _downFor);

        var answer = await askUntilAnsweredAsync(service);

        var elapsed = loop.Time - start;
        loop.Note($"{answer} after {service.Calls} attempts and {elapsed}");
        InvariantBrokenException.ThrowUnless(service.Calls == Attempts, $"The client made {service.Calls} attempts instead of {Attempts}.");
        InvariantBrokenException.ThrowUnless(elapsed == _elapsed, $"The client waited for {elapsed} instead of {_elapsed}.");
    }
}

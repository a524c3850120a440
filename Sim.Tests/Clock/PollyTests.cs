using NUnit.Framework;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A third-party library that takes a <see cref="TimeProvider"/>, unchanged, on virtual time.</summary>
public sealed class PollyTests() : LoopFixture(LoopKind.Virtual)
{
    [Test]
    public void Retries_WaitInVirtualTime() => Run(async () =>
    {
        var attempts = new List<TimeSpan>();
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = Loop.TimeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 4,
                Delay = TimeSpan.FromSeconds(10),
                BackoffType = DelayBackoffType.Exponential,
            })
            .Build();
        await pipeline.ExecuteAsync(_ =>
        {
            attempts.Add(Loop.Time.SinceOrigin);
            return attempts.Count < 5 ? throw new IOException("not yet") : ValueTask.CompletedTask;
        });
        Assert.That(attempts.Select(at => at.TotalSeconds), Is.EqualTo((double[])[0, 10, 30, 70, 150]));
    });

    [Test]
    public void ATimeout_StrikesInVirtualTime_OnTheLoopThread() => Run(async () =>
    {
        var thread = Environment.CurrentManagedThreadId;
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = Loop.TimeProvider }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = TimeSpan.FromMinutes(5) })
            .Build();
        try
        {
            await pipeline.ExecuteAsync(async token => await Task.Delay(TimeSpan.FromHours(1), Loop.TimeProvider, token));
            Assert.Fail("no timeout");
        }
        catch (TimeoutRejectedException)
        {
            Assert.That(Loop.Time.SinceOrigin, Is.EqualTo(TimeSpan.FromMinutes(5)));
            Assert.That(Environment.CurrentManagedThreadId, Is.EqualTo(thread));
        }
    });

    [Test]
    public void ATimeoutAroundRetries_EndsThemAll() => Run(async () =>
    {
        var attempts = 0;
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = Loop.TimeProvider }
            .AddTimeout(TimeSpan.FromSeconds(25))
            .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = int.MaxValue, Delay = TimeSpan.FromSeconds(10) })
            .Build();
        try
        {
            await pipeline.ExecuteAsync(_ =>
            {
                attempts++;
                throw new IOException("never");
            });
        }
        catch (TimeoutRejectedException)
        {
            Log.Add($"{attempts} at {Loop.Time}");
        }

        Assert.That(Log, Is.EqualTo((string[])["3 at 25.000s"]));
    });
}

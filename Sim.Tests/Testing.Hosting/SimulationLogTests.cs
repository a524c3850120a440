using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.Testing.Hosting;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

/// <summary>The log of a simulated run: entries for assertions, lines in the trace.</summary>
public partial class SimulationLogTests
{
    [Test]
    public void AnEntry_SaysWhatWhenAndWho()
    {
        var (run, log) = Run(async logger =>
        {
            await Asyncio.CreateTask(
                async () =>
                {
                    await Asyncio.SleepAsync(TimeSpan.FromSeconds(90));
                    using (logger.BeginScope("order 7"))
                    {
                        Refused(logger, new InvalidOperationException("no money"), "ann", 3);
                    }
                },
                "clerk");
        });

        var entry = log.Entries.Single();
        Assert.That(entry.Time, Is.EqualTo(Instant.Zero + TimeSpan.FromSeconds(90)));
        Assert.That(entry.Level, Is.EqualTo(LogLevel.Error));
        Assert.That((entry.Category, entry.ShortCategory), Is.EqualTo(("Sim.Tests.SimulationLogTests", "SimulationLogTests")));
        Assert.That((entry.EventId.Id, entry.EventId.Name), Is.EqualTo((42, "Refused")));
        Assert.That(entry.Message, Is.EqualTo("ann is refused 3 times"));
        Assert.That(entry.Exception, Is.InstanceOf<InvalidOperationException>());
        Assert.That(entry.Task, Is.EqualTo("clerk"));
        Assert.That((entry["Who"], entry["Times"], entry["None"]), Is.EqualTo(("ann", 3, (object?)null)));
        Assert.That(entry["{OriginalFormat}"], Is.EqualTo("{Who} is refused {Times} times"));
        Assert.That(entry.Scopes, Is.EqualTo(new[] { "order 7" }));
        Assert.That(run.Trace.ToString(), Does.Contain(
            "90.000s     4  clerk             \"fail SimulationLogTests: ann is refused 3 times (InvalidOperationException: no money)\""));
        Assert.That(log.ToString(), Is.EqualTo($"90.000s {entry}"));
    }

    [Test]
    public void Filters_AreThoseOfDotNet()
    {
        static Task Say(ILogger logger)
        {
            Whisper(logger);
            return Task.CompletedTask;
        }

        Assert.That(Run(Say).Log.Entries, Is.Empty);
        var (_, log) = Run(Say, services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug)));
        Assert.That(log.ToString(), Is.EqualTo("0.000s dbug SimulationLogTests: psst"));
    }

    [Test]
    public void AnEntryOfACallback_HasNoTask()
    {
        var (_, log) = Run(async logger =>
        {
            Simulation.Current.Loop.CallLater(TimeSpan.FromSeconds(1), () => Shout(logger, 1));
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(2));
        });

        Assert.That(log.Entries.Single().Task, Is.Null);
    }

    [Test]
    public void AnotherThreadThatLogs_FailsTheRun()
    {
        var (run, log) = Run(async logger =>
        {
            var thread = new Thread(() => Assert.That(() => Shout(logger, 1), Throws.Exception));
            thread.Start();
            while (thread.IsAlive)
            {
                // The loop may not block, and this test is of another thread.
                Thread.Yield();
            }

            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        });

        Assert.That(run.Failure?.Kind, Is.EqualTo(FailureKind.Escaped));
        Assert.That(log.Entries, Is.Empty);
    }

    [Test]
    public void ARunWithoutRecords_HasTheSameEntries()
    {
        static async Task Say(ILogger logger)
        {
            await Asyncio.GatherAsync(Asyncio.CreateTask(() => ShoutAsync(logger, 1)), Asyncio.CreateTask(() => ShoutAsync(logger, 2)));
        }

        var recorded = Run(Say, options: new SimulationOptions { Strategy = new RandomStrategy(3) });
        var bare = Run(Say, options: new SimulationOptions { Strategy = new RandomStrategy(3), Records = false });

        Assert.That(bare.Log.ToString(), Is.EqualTo(recorded.Log.ToString()).And.Not.Empty);
        Assert.That(bare.Run.Trace.Events, Is.Empty);
    }

    [SimTest(Runs = 100)]
    public async Task EverySchedule_WritesTheLogIntoTheTraceInItsOrder()
    {
        await using var services = new ServiceCollection().AddSimulation().BuildServiceProvider();
        var logger = services.GetRequiredService<ILogger<SimulationLogTests>>();
        await Asyncio.GatherAsync(Enumerable.Range(1, 4).Select(number => (ILoopTask)Asyncio.CreateTask(() => ShoutAsync(logger, number))));

        var log = services.GetRequiredService<SimulationLog>();
        Assert.That(log.Of<SimulationLogTests>().Count(), Is.EqualTo(8));
        Assert.That(log.Entries.Select(entry => entry.Time), Is.Ordered);
        foreach (var number in Enumerable.Range(1, 4))
        {
            Assert.That(log.Entries.Count(entry => entry["Number"] is int told && told == number), Is.EqualTo(2));
        }
    }

    private static async Task ShoutAsync(ILogger logger, int number)
    {
        Shout(logger, number);
        await Asyncio.YieldAsync();
        Shout(logger, number);
    }

    private static (RunReport Run, SimulationLog Log) Run(
        Func<ILogger, Task> body, Action<IServiceCollection>? add = null, SimulationOptions? options = null)
    {
        SimulationLog? log = null;
        var run = Simulation.Run(
            async () =>
            {
                var services = new ServiceCollection();
                add?.Invoke(services);
                await using var provider = services.AddSimulation().AddSimulation().BuildServiceProvider();
                log = provider.GetRequiredService<SimulationLog>();
                await body(provider.GetRequiredService<ILogger<SimulationLogTests>>());
            },
            options);
        return (run, log!);
    }

    [LoggerMessage(EventId = 42, Level = LogLevel.Error, Message = "{Who} is refused {Times} times")]
    private static partial void Refused(ILogger logger, Exception exception, string who, int times);

    [LoggerMessage(Level = LogLevel.Debug, Message = "psst")]
    private static partial void Whisper(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "number {Number}")]
    private static partial void Shout(ILogger logger, int number);
}

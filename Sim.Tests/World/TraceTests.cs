using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

public class TraceTests
{
    private static readonly TraceEvent _begins = new(Instant.Zero, 1, "main", TraceEventKind.Step, "begins", 0);
    private static readonly TraceEvent _says = new(new Instant(15_000_000), 12, "alice", TraceEventKind.Note, "\"one\"", 0);

    [Test]
    public void Text_HasAlignedColumns() => Assert.That(
        new Trace([_begins, _says]).ToString(),
        Is.EqualTo(
            """
              time  step  task   what happens
            0.000s     1  main   begins
            1.500s    12  alice  "one"
            """.ReplaceLineEndings("\n")));

    [Test]
    public void MessageOfSeveralLines_IsOneLineOfTheTrace()
    {
        var report = Races.Run(static () =>
        {
            Simulation.Current.Note("one\n  two");
            throw new ArithmeticException("three\n\tfour");
        });
        Assert.That(report.Trace.ToString().Split('\n'), Has.Length.EqualTo(report.Trace.Events.Count + 1));
        Assert.That(report.Trace.ToString(), Does.Contain("\"one two\"").And.Contain("FAILS: ArithmeticException: three four"));
    }

    [Test]
    public void Hash_IsThatOfTheText()
    {
        Assert.That(new Trace([_begins]).Hash, Has.Length.EqualTo(16).And.EqualTo(new Trace([_begins]).Hash));
        Assert.That(new Trace([_begins]).Hash, Is.Not.EqualTo(new Trace([_says]).Hash));
    }

    [Test]
    public void FirstDifference_IsTheFirstEventThatDiffers_OrTheEndOfTheShorter()
    {
        var trace = new Trace([_begins, _says]);
        Assert.That(trace.FirstDifference(new Trace([_begins, _says])), Is.Null);
        Assert.That(trace.FirstDifference(new Trace([_begins, _says with { Step = 13 }])), Is.EqualTo(1));
        Assert.That(trace.FirstDifference(new Trace([_begins])), Is.EqualTo(1));
        Assert.That(new Trace([]).FirstDifference(trace), Is.Zero);
    }

    [Test]
    public void ASelection_IsATraceOfItsOwn_WithTheSameTextForm()
    {
        var trace = new Trace([_begins, _says, _begins with { Task = "bob", Step = 13 }]);
        Assert.That(trace.Only(TraceEventKind.Note).Events, Is.EqualTo((TraceEvent[])[_says]));
        Assert.That(trace.Of("main", "bob").Events.Select(happened => happened.Step), Is.EqualTo((long[])[1, 13]));
        Assert.That(
            trace.Only(TraceEventKind.Note).ToString(),
            Is.EqualTo("  time  step  task   what happens\n1.500s    12  alice  \"one\""));
        Assert.That(trace.Only(TraceEventKind.Error).Events, Is.Empty, "that there is none is something to say");
        Assert.That(trace.Only(TraceEventKind.Step).Of("alice").Events, Is.Empty, "alice is known, although none of these is hers");
    }

    [Test]
    public void ASelection_ByAMisspeltName_IsRefused()
    {
        var trace = new Trace([_begins, _says]);
        Assert.That(
            () => trace.Of("alcie"),
            Throws.ArgumentException.With.Message.StartsWith("There is no alcie in this trace; there are alice, main."));
        Assert.That(() => trace.Of(), Throws.ArgumentException);
        Assert.That(() => trace.Only(), Throws.ArgumentException);
    }

    [Test]
    public Task TraceOfARun_TellsTheStory()
    {
        var report = Races.Run(
            static async () =>
            {
                var worker = Asyncio.CreateTask(
                    static async () =>
                    {
                        Simulation.Current.Note("working");
                        await Asyncio.SleepAsync(TimeSpan.FromHours(1));
                    },
                    "worker");
                var other = Asyncio.CreateTask(static async () => await Asyncio.YieldAsync(), "other");
                Simulation.Current.Draw("latency", 10);
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(1.5));
                worker.Cancel();
                await Asyncio.GatherOutcomesAsync<ValueTuple>(worker, other);
            },
            new SimulationOptions { Strategy = Races.Script(3, 0, 1), WatchThreadPool = false });
        Assert.That(report.Failure, Is.Null);
        return Verify(report.Trace.ToString());
    }
}

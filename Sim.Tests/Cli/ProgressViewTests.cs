using NUnit.Framework;
using Sim.Cli;
using Sim.Clock;
using Sim.Testing;

namespace Sim.Tests;

[TestFixture]
public sealed class ProgressViewTests
{
    private readonly VirtualClock _clock = new();

    [Test]
    public void Lines_ComeToBeginWith_AndEveryFewSeconds()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var lines = new ProgressLines(writer, _clock);
        lines.Report(At(0));
        for (var run = 1; run <= 11; run++)
        {
            _clock.AdvanceBy(TimeSpan.FromSeconds(1));
            lines.Report(At(run));
        }

        Assert.That(writer.ToString(), Is.EqualTo(
            """
            fuzzing turns (2 of 5)
            fuzzing turns (2 of 5): 5 of 1000 runs, 1 runs/s, virtual time 3600 times real time, 4 distinct, 1 not as expected
            fuzzing turns (2 of 5): 10 of 1000 runs, 1 runs/s, virtual time 3600 times real time, 9 distinct, 1 not as expected

            """));
    }

    [Test]
    public void Bar_IsDrawnAFewTimesASecond_AndTakenAway()
    {
        using var terminal = new StringWriter();
        var bar = new ProgressBar(terminal, _clock, static () => 200);
        bar.Report(At(0));
        _clock.AdvanceBy(TimeSpan.FromMilliseconds(50));
        bar.Report(At(100));
        _clock.AdvanceBy(TimeSpan.FromMilliseconds(50));
        bar.Report(At(500));
        bar.Clear();
        bar.Clear();

        Assert.That(terminal.ToString(), Is.EqualTo(
            "\r\e[2K░░░░░░░░░░░░░░░░░░░░ turns (2 of 5): 0 of 1000 runs, 0 runs/s, virtual time 0 times real time, "
            + "0 distinct, 1 not as expected"
            + "\r\e[2K██████████░░░░░░░░░░ turns (2 of 5): 500 of 1000 runs, 5000 runs/s, virtual time 18000000 times real time, "
            + "499 distinct, 1 not as expected"
            + "\r\e[2K"));
    }

    [TestCase(80, "███░░░ turns 2/5: 1 failed, 500 runs, 5000/s, 499 distinct, time x18000000")]
    [TestCase(60, "███░░░ turns 2/5: 1 failed, 500 runs, 5000/s, 499 distinct…")]
    [TestCase(20, "███░░░ turns 2/5: …")]
    public void Bar_FitsOnANarrowTerminal(int width, string line)
    {
        using var terminal = new StringWriter();
        var bar = new ProgressBar(terminal, _clock, () => width);
        bar.Report(At(0));
        _clock.AdvanceBy(TimeSpan.FromMilliseconds(100));
        bar.Report(At(500));

        Assert.That(terminal.ToString().Split("\e[2K")[^1], Is.EqualTo(line));
    }

    [Test]
    public void Bar_OfALongName_ShowsItsEnd()
    {
        using var terminal = new StringWriter();
        var scenario = Races.Turns with { Name = "Sim.Tests.SimTestExamples.EveryOrder_Holds" };
        new ProgressBar(terminal, _clock, static () => 80).Report(At(0) with { Scenario = scenario });

        Assert.That(
            terminal.ToString(),
            Is.EqualTo("\r\e[2K░░░░░░ …amples.EveryOrder_Holds 2/5: 1 failed, 0 runs, 0/s, 0 distinct, time x0"));
    }

    [Test]
    public void Bar_OfATime_ShowsTheTime()
    {
        using var terminal = new StringWriter();
        var bar = new ProgressBar(terminal, _clock, static () => 200);
        var options = new CampaignOptions { Runs = 10_000_000, TimeBudget = TimeSpan.FromSeconds(20) };
        bar.Report(At(0) with { Options = options });
        _clock.AdvanceBy(TimeSpan.FromSeconds(5));
        bar.Report(At(7_000) with { Options = options });

        Assert.That(terminal.ToString(), Does.Contain("█████░░░░░░░░░░░░░░░ turns (2 of 5): 7000 runs, 5.0s of 20.0s, 1400 runs/s, "));
    }

    private static CampaignProgress At(int runs) => new(
        Races.Turns, 2, 5, 1, new CampaignOptions { Runs = 1_000 },
        new CampaignFigures(runs, Math.Max(0, runs - 1), TimeSpan.FromHours(runs), null));
}

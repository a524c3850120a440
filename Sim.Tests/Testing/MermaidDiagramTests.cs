using System.Text.RegularExpressions;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>The sequence diagram: its text, what it leaves out, and what it must escape.</summary>
public class MermaidDiagramTests
{
    [Test]
    public Task Diagram_OfTheAccountRace() => Verify(MermaidDiagram.Of(Timeline.Of(TimelineRuns.AccountRace, "Samples")));

    [Test]
    public Task Diagram_OfNamesThatMeanSomethingToMermaid() => Verify(MermaidDiagram.Of(Timeline.Of(Simulation.Run(static async () =>
    {
        await Asyncio.CreateTask(
            static () =>
            {
                Simulation.Current.Note("a;b #35; <br/> %% comment end the end, p1->>p2: no \u00e9\U0001F600");
                return Task.CompletedTask;
            },
            "end");
        throw new InvalidOperationException(new string('x', 200));
    }))));

    [Test]
    public void TooManySteps_AreCut_AndItSaysSo()
    {
        var timeline = Timeline.Of(Simulation.Run(static async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await Asyncio.YieldAsync();
            }
        }));
        var text = MermaidDiagram.Of(timeline, steps: 9);
        Assert.That(text, Does.Contain("    Note over p1: … 42 more steps, left out of this picture\n"));
        Assert.That(
            Regex.Matches(text, @"Note over p1: (\d+) ").Select(static note => note.Groups[1].Value),
            Is.EqualTo((string[])["1", "2", "3", "4", "5", "48", "49", "50", "51"]));
    }

    [Test]
    public void EveryLine_IsAStatement()
    {
        var statement = new Regex(
            @"^(sequenceDiagram|    participant p\d+ as [^;#]*(#\d+;[^;#]*)*|    p\d+--?>>p\d+: (creates|wakes)"
            + @"|    rect rgba\([^)]*\)|    end|    Note over p\d+(,p\d+)?: [^;#]*(#\d+;[^;#]*)*)$");
        foreach (var run in TimelineRuns.All())
        {
            var lines = MermaidDiagram.Of(new Timeline("run", [run])).TrimEnd('\n').Split('\n');
            Assert.That(lines.Where(line => !statement.IsMatch(line)), Is.Empty);
            var known = lines.Where(static line => line.Contains("participant", StringComparison.Ordinal))
                .Select(static line => line.Split(' ')[5]).ToHashSet();
            var used = lines.SelectMany(static line => Regex.Matches(line.Split(':')[0], @"\bp\d+\b").Select(static match => match.Value));
            Assert.That(used.Distinct(), Is.SubsetOf(known));
        }
    }
}

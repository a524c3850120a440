using NUnit.Framework;
using Sim.Scoreboard;
using Sim.World;

namespace Sim.Tests;

/// <summary><c>./dev scoreboard</c>: what it finds, that it finds the same again, and that its page is of these programs.</summary>
public class ScoreboardTests
{
    private static readonly BoardOptions _small = new()
    {
        Programs = [.. BugPrograms.All.Where(static program => program.Name is "lazy01" or "deadlock01")],
        Trials = 4,
        Cap = 2_000,
        Workers = 2,
    };

    [Test]
    public void SmallPrograms_AreSolvedByEveryStrategy_ByAnyNumberOfWorkers()
    {
        var board = Board.Measure(_small);
        Assert.That(board.Rows.Select(static row => row.Program.Name), Is.EqualTo((string[])["deadlock01", "lazy01"]));
        Assert.That(board.Rows.SelectMany(static row => row.Cells), Has.All.Property(nameof(Cell.Found)).EqualTo(4));
        Assert.That(Schedules(Board.Measure(_small with { Workers = 1 })), Is.EqualTo(Schedules(board)));
        var shrinks = board.Rows.SelectMany(static row => row.Shrinks);
        Assert.That(shrinks, Has.All.Matches<Shrinking?>(static shrink => shrink is { IsMinimal: true, After: <= 1 }));
    }

    [Test]
    public void EveryBug_IsFoundOnceAtLeast()
    {
        var portfolio = Column.All.Single(static column => column.Title == "portfolio");
        var board = Board.Measure(new BoardOptions { Columns = [portfolio], Trials = 1, Cap = 10_000 });
        Assert.That(board.Rows.Where(static row => row.Cells[0].Found == 0).Select(static row => row.Program.Name), Is.Empty);
    }

    [Test]
    public void TheTool_PrintsATable()
    {
        var (code, output, error) = Run("--programs", "lazy01", "--strategies", "RW,pct:3", "--trials", "2", "--cap", "1000");
        Assert.That((code, error), Is.EqualTo((ScoreboardTool.Measured, "")));
        Assert.That(output.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo((string[])["program", "tasks", "events", "RW", "/s", "PCT3", "/s"]));
        Assert.That(output.Split('\n')[1], Does.StartWith("lazy01 "));
    }

    [TestCase("There is no program 'lazy02'.", "--programs", "lazy02")]
    [TestCase("There is no strategy 'magic'.", "--strategies", "magic")]
    [TestCase("--trials must be at least 1, not 0.", "--trials", "0")]
    [TestCase("--write is for the whole board", "--write", "--programs", "lazy01")]
    public void AWrongArgument_IsRefused(string words, params string[] args)
    {
        var (code, output, error) = Run(args);
        Assert.That((code, output), Is.EqualTo((ScoreboardTool.Refused, "")));
        Assert.That(error, Does.StartWith("scoreboard: " + words));
    }

    [Test]
    public void ThePage_HasTheProgramsOfTheCode()
    {
        var page = SourceTree.Repository.Find("docs/scoreboard.md")!;
        var programs = page.Lines.SkipWhile(static line => line != "## Ours").TakeWhile(static line => line != "## What counts as a step")
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal)).Select(static line => line.Split('`')[1]);
        Assert.That(programs, Is.EqualTo(BugPrograms.All.Select(static program => program.Name)));
    }

    [Test]
    public void PublishedFigures_AreOfProgramsAndStrategiesOnTheBoard()
    {
        foreach (var (program, title) in Published.Artifact.Cells.Keys.Concat(Published.Shuttle.Cells.Keys))
        {
            Assert.That(BugPrograms.All.Select(static one => one.Name), Does.Contain(program));
            Assert.That(Column.All.Select(static column => column.Title), Does.Contain(title));
        }

        Assert.That(BoardDocument.Write(Board.Measure(_small)), Does.Contain("### Shuttle").And.Contain("| `lazy01` |"));
    }

    [Test]
    public void WhatNeedsTime_IsFoundByWhoLetsItPass_AndByNobodyElse(
        [Values("starve", "portfolio", "fifo", "random", "round-robin", "pct:3", "pos", "urw", "surw", "delay")] string strategy)
    {
        var family = StrategyFamilies.Parse(strategy);
        foreach (var program in BugPrograms.NeedTime)
        {
            var profile = Trial.Learn(program);
            var found = Enumerable.Range(1, 1_500).Any(seed => Trial.ShowsTheBug(program, family.Create(seed, profile)));
            Assert.That(found, Is.EqualTo(strategy is "starve" or "portfolio"), program.Name);
        }
    }

    private static List<(bool, int)> Schedules(Board board) =>
        [.. board.Rows.SelectMany(static row => row.Cells).SelectMany(static cell => cell.Trials).Select(static trial => (trial.Found, trial.Schedules))];

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        return (ScoreboardTool.Run(args, output, error), output.ToString(), error.ToString());
    }
}

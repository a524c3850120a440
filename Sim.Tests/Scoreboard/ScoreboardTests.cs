using System.Text.RegularExpressions;
using NUnit.Framework;
using Sim.Scoreboard;
using Sim.World;

namespace Sim.Tests;

/// <summary><c>./dev scoreboard</c>: what it finds, that it finds the same again, and that its page is of these programs.</summary>
public partial class ScoreboardTests
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
    [TestCase("There is no program ''.", "--programs", ",")]
    [TestCase("There is no set of rules 'mine'.", "--rules", "mine")]
    [TestCase("--write is for the whole board", "--write", "--programs", "lazy01")]
    [TestCase("--write is for the whole board", "--write", "--rules", "giving-way")]
    [TestCase("A page has all sets of rules", "--to", "page.md", "--rules", "giving-way")]
    [TestCase("--to 'no/such/folder/page.md' is not a file in a folder that exists.", "--to", "no/such/folder/page.md")]
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
    public void ThePage_IsWrittenByTheCode_ButForTheFigures()
    {
        var page = SourceTree.Repository.Find("docs/scoreboard.md")!;
        var options = new BoardOptions { Trials = 1, Cap = 1, Shrinks = false };
        var written = BoardDocument.Write(Board.Measure(options), VariantBoard.MeasureAll(options)).Split('\n');
        Assert.That(page.Lines.Where(IsWord).Select(Blank), Is.EqualTo(written.Where(IsWord).Select(Blank)));

        static bool IsWord(string line) => line.Length > 0 && !line.Contains(": at least as good in ", StringComparison.Ordinal);

        // Names stay, and all that is not of a run.
        static string Blank(string line) =>
            line.StartsWith("| `", StringComparison.Ordinal) ? line.Split('|')[1] : RunFigures().Replace(line, "N");
    }

    [TestCase("one-step-sections", "twostage", "RW")]
    [TestCase("one-step-sections", "twostage", "URW")]
    [TestCase("giving-way", "din_phil_5", "PCT3")]
    [TestCase("free-starts", "reorder_20", "URW")]
    [TestCase("free-starts", "reorder_20", "SURW")]
    [TestCase("slow-starts", "reorder_3", "POS")]
    public void AReasonForADifference_IsShownByAnExperiment(string name, string program, string title)
    {
        var variant = Variants.All.Single(one => one.Name == name);
        var options = new BoardOptions
        {
            Programs = [.. BugPrograms.All.Where(one => one.Name == program)],
            Columns = [.. Column.All.Where(column => column.Title == title)],
            Shrinks = false,
        };
        var theirs = variant.Beside.Find(program, title)!;
        Assert.That(theirs.IsNear(Board.Measure(options).Rows[0].Cells[0]), Is.False, "there is a difference");
        Assert.That(theirs.IsNear(Board.Measure(variant.On(options)).Rows[0].Cells[0]), Is.True, "it is this that makes it");
    }

    [Test]
    public void Experiments_AreOfProgramsAndStrategiesWithAPublishedFigure()
    {
        Assert.That(Variants.All.Select(static one => one.Name), Is.Unique);
        foreach (var variant in Variants.All)
        {
            Assert.That(variant.Programs, Is.SubsetOf(BugPrograms.All.Select(static one => one.Name)));
            Assert.That(variant.Programs.All(program => variant.Titles.All(title => variant.Beside.Find(program, title) is not null)), variant.Name);
        }
    }

    [Test]
    public void PublishedFigures_AreOfProgramsAndStrategiesOnTheBoard()
    {
        foreach (var (program, title) in Published.Artifact.Cells.Keys.Concat(Published.Shuttle.Cells.Keys))
        {
            Assert.That(BugPrograms.All.Select(static one => one.Name), Does.Contain(program));
            Assert.That(Column.All.Select(static column => column.Title), Does.Contain(title));
        }

        Assert.That(BoardDocument.Write(Board.Measure(_small), VariantBoard.MeasureAll(_small)), Does.Contain("### Shuttle").And.Contain("| `lazy01` |"));
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

    // How many trials, how many schedules, how many cells.
    [GeneratedRegex(@"\d[\d,]*")]
    private static partial Regex RunFigures();

    private static List<(bool, int)> Schedules(Board board) =>
        [.. board.Rows.SelectMany(static row => row.Cells).SelectMany(static cell => cell.Trials).Select(static trial => (trial.Found, trial.Schedules))];

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        return (ScoreboardTool.Run(args, output, error), output.ToString(), error.ToString());
    }
}

using NUnit.Framework;
using Sim.Cli;

namespace Sim.Tests;

/// <summary>What makes no sense is answered by one line that says what to do, and by exit code 2.</summary>
[TestFixture]
public sealed class BadInputTests
{
    private const string Commands = "Known: completion, corpus, explain, fuzz, list, replay, run, shrink, trace. Try: sim --help";

    [TestCase("A command is missing. " + Commands)]
    [TestCase("There is no command 'fuz'. Did you mean 'fuzz'? " + Commands, "fuz")]
    [TestCase("There is no command 'fuz'. Did you mean 'fuzz'? " + Commands, "fuz", "--help")]
    [TestCase("There is no option '--verbos'. Did you mean '--verbose'? Known: --help, --verbose, --version. Try: sim --help", "--verbos")]
    [TestCase("There is no option '--rnus'. Did you mean '--runs'? Known: --corpus, --exhaustive, --filter, "
        + "--for, --help, --json, --junit, --no-corpus, --preemptions, --reduction, --runs, --seed and 4 more. "
        + "Try: sim fuzz --help", "fuzz", "x.dll", "--rnus", "5")]
    [TestCase("<target> is missing: the form is sim fuzz <target> [<scenario>…]. Try: sim fuzz --help", "fuzz")]
    [TestCase("<line> is missing: the form is sim replay <target> <line>. Try: sim replay --help", "replay", "x.dll")]
    [TestCase("'more' is too much: the form is sim list <target>. Try: sim list --help", "list", "x.dll", "more")]
    public void CommandLineThatMakesNoSense_IsAnsweredByTheNearestThatDoes(string message, params string[] args) =>
        AssertRefused(message, args);

    [TestCase("--runs is '0', but must be a whole number from 1 to 10000000. The nearest is 1.", "--runs", "0")]
    [TestCase("--runs is '-4', but must be a whole number from 1 to 10000000. The nearest is 1.", "--runs", "-4")]
    [TestCase("--runs is 'many', but must be a whole number from 1 to 10000000.", "--runs", "many")]
    [TestCase("--runs is '1e3', but must be a whole number from 1 to 10000000.", "--runs=1e3")]
    [TestCase("--runs is '99999999999999999999', but must be a whole number from 1 to 10000000.", "--runs", "99999999999999999999")]
    [TestCase("--strategy: 'pct:0' is not a strategy. Did you mean 'pct'? Known: fifo, random, round-robin, pct, pct:DEPTH, pos, urw, surw, delay, delay:COUNT, starve, portfolio.", "--strategy", "pct:0")]
    [TestCase("--seed is '-1', but must be a whole number from 0 to 9223372036844775807. The nearest is 0.", "--seed", "-1")]
    [TestCase("--runs needs a value: --runs N.", "--runs")]
    [TestCase("--runs is given 2 times: once is enough.", "--runs", "5", "--runs", "6")]
    public void NumberThatMakesNoSense_IsAnsweredByItsRange(string message, params string[] args) =>
        AssertRefused($"{message} Try: sim fuzz --help", ["fuzz", "x.dll", .. args]);

    [TestCase("nonsense", "'nonsense' is not a replay line: a replay line is <scenario>@<version>:<decisions>:<failure>:<trace hash>:<steps>, as a failure prints it.")]
    [TestCase("@args", "'@args' is not a replay line: a replay line is <scenario>@<version>:<decisions>:<failure>:<trace hash>:<steps>, as a failure prints it.")]
    [TestCase("cli-race@1:0.1.bob:00112233", "The replay line 'cli-race@1:0.1.bob:00112233' is of version 1, and this is version 2: use the Sim that printed it, or fuzz again.")]
    [TestCase("cli-race@2:0.1.bob-1.alice-1:e295", "The replay line 'cli-race@2:0.1.bob-1.alice-1:e295' is cut or changed: a replay line is <scenario>@<version>:<decisions>:<failure>:<trace hash>:<steps>, as a failure prints it.")]
    [TestCase("cli-race@2:x:01234567:0011223344556677", "The replay line 'cli-race@2:x:01234567:0011223344556677' is cut or changed: 'x' is not a decision: expected <number>.<value>.<step>.<step>, numbers rising, for example 4.1.bob-3.alice-2.")]
    public void MalformedReplayLine_IsRefusedBeforeAnythingIsBuilt(string line, string message) =>
        AssertRefused(message, "replay", "no-such-target", line);

    [Test]
    public void ReplayLineOfAnotherTarget_NamesTheScenarioThatIsMissing() =>
        AssertRefusedFrom(
            "There is no scenario 'cli-rice'. Did you mean 'cli-race'? Known: ", "replay", ToolRun.Target, "cli-rice@2::held:0011223344556677");

    [Test]
    public void UnknownScenario_IsAnsweredByTheNearest() =>
        AssertRefusedFrom("There is no scenario 'cli-hold'. Did you mean 'cli-holds'? Known: ", "fuzz", ToolRun.Target, "cli-hold");

    [Test]
    public void BadInput_EndsTheProcessWithCode2()
    {
        var run = ToolRun.InChildProcess("fuzz", ToolRun.Target, "cli-race", "--runs", "-4");

        Assert.That(run, Is.EqualTo(new ToolRun(
            2, "", "sim: --runs is '-4', but must be a whole number from 1 to 10000000. The nearest is 1. Try: sim fuzz --help\n")));
    }

    [Test]
    public void BugOfTheTool_IsOneLineThatAsksToReportIt()
    {
        using var output = new BrokenWriter();
        using var brief = new StringWriter { NewLine = "\n" };
        using var verbose = new StringWriter { NewLine = "\n" };

        var exitCodes = (SimTool.Run(["list", ToolRun.Target], output, brief), SimTool.Run(["list", ToolRun.Target, "--verbose"], output, verbose));

        const string Line = "sim: this is a bug of sim, please report it: NotSupportedException: broken in two";
        Assert.That(exitCodes, Is.EqualTo((2, 2)));
        Assert.That(brief.ToString(), Does.EndWith($"{Line} (--verbose shows where)\n").And.Not.Contain("   at "));
        Assert.That(verbose.ToString(), Does.Contain($"{Line}\n").And.Contain("   at "));
    }

    internal static void AssertRefused(string message, params string[] args) =>
        Assert.That(ToolRun.InProcess(args), Is.EqualTo(new ToolRun(2, "", $"sim: {message}\n")));

    internal static void AssertRefusedFrom(string beginning, params string[] args)
    {
        var run = ToolRun.InProcess(args);

        Assert.That(run.Error, Does.StartWith($"sim: {beginning}"));
        Assert.That(run.Error.TrimEnd('\n'), Does.Not.Contain("\n"));
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
    }

    /// <summary>Fails in a way that the tool does not foresee.</summary>
    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new NotSupportedException("broken\nin two");
    }
}

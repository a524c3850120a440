using System.CommandLine;
using NUnit.Framework;
using Sim.Cli;

namespace Sim.Tests;

/// <summary>
/// Every argument and every option of every command gets something that makes no sense, and answers with one line, exit code 2 and
/// the word or the range that would do. The commands are asked for what they take: a new option without a case turns this red.
/// </summary>
[TestFixture]
public sealed class BadInputOfEveryOptionTests
{
    private const string Line = "fifty-07@2::held:0011223344556677";
    private static readonly string _target = ToolRun.Target;
    private static readonly string _gone = Path.Join(Path.GetDirectoryName(_target), "Sim.Testz.dll");
    private static readonly string _noFolder = Path.Join(Path.GetDirectoryName(_target), "no-such-folder", "file");

    // What is tried, after the name of the command, and what the line says.
    private static readonly Dictionary<string, (string[] Args, string Says)> _cases = new()
    {
        ["sim --verbose"] = (["--verbose=much"], "--verbose takes no value: leave '=much' away."),
        ["sim --help"] = (["--hlp"], "Did you mean '--help'?"),
        ["sim --version"] = (["--versio"], "Did you mean '--version'?"),
        ["fuzz <target>"] = ([_gone], "Did you mean 'Sim.Tests.dll'?"),
        ["fuzz <scenario>"] = ([_target, "fifty-077"], "Did you mean 'fifty-07'?"),
        ["fuzz --filter"] = ([_target, "--filter", "fity-0*"], "Did you mean 'fifty-01'?"),
        ["fuzz --runs"] = ([_target, "--runs", "0"], "must be a whole number from 1 to 10000000. The nearest is 1."),
        ["fuzz --for"] = ([_target, "--for", "30"], "Did you mean '30s'?"),
        ["fuzz --seed"] = ([_target, "--seed", "-7"], "The nearest is 0."),
        ["fuzz --strategy"] = ([_target, "--strategy", "randm"], "Did you mean 'random'?"),
        ["fuzz --workers"] = ([_target, "--workers", "5000"], "The nearest is 1024."),
        ["fuzz --until-covered"] = ([_target, "--until-covered=soon"], "--until-covered takes no value"),
        ["fuzz --corpus"] = ([_target, "--corpus", ""], "--corpus is empty: name a folder, which need not exist."),
        ["fuzz --no-corpus"] = ([_target, "--corpus", "x", "--no-corpus"],
            "--corpus means nothing with --no-corpus: leave one of them away."),
        ["fuzz --json"] = ([_target, "--json=yes"], "--json takes no value"),
        ["fuzz --junit"] = ([_target, "--junit", _noFolder], "does not exist. Make it first."),
        ["fuzz --exhaustive"] = ([_target, "--exhaustive", "--for", "1s"], "--for means nothing with --exhaustive"),
        ["fuzz --preemptions"] = ([_target, "--exhaustive", "--preemptions", "9999"], "The nearest is 1000."),
        ["fuzz --reduction"] = ([_target, "--exhaustive", "--reduction", "declred"], "Did you mean 'declared'?"),
        ["run <target>"] = ([_gone], "Did you mean 'Sim.Tests.dll'?"),
        ["run <scenario>"] = ([_target, "fifty-077"], "Did you mean 'fifty-07'?"),
        ["run --filter"] = ([_target, "fifty-01", "--filter", "*"],
            "--filter means nothing beside scenario names: leave one of them away."),
        ["run --seed"] = ([_target, "--seed", "first"], "must be a whole number from 0 to"),
        ["run --strategy"] = ([_target, "--strategy"], "--strategy needs a value: --strategy NAME. Known: fifo, "),
        ["run --json"] = ([_target, "--json=yes"], "--json takes no value"),
        ["replay <target>"] = ([_gone, Line], "Did you mean 'Sim.Tests.dll'?"),
        ["replay <line>"] = ([_target, "fifty-7@2::held:0011223344556677"], "Did you mean 'fifty-07'?"),
        ["replay --json"] = ([_target, Line, "--json=yes"], "--json takes no value"),
        ["shrink <target>"] = ([_gone, Line], "Did you mean 'Sim.Tests.dll'?"),
        ["shrink <line>"] = ([_target, "fifty-07"], "is not a replay line"),
        ["shrink --json"] = ([_target, Line, "--jsn"], "Did you mean '--json'?"),
        ["explain <target>"] = ([_gone, Line], "Did you mean 'Sim.Tests.dll'?"),
        ["explain <line>"] = ([_target, Line[..^4]], "is cut or changed"),
        ["explain --json"] = ([_target, Line, "--json=yes"], "--json takes no value"),
        ["trace <target>"] = ([_gone, "fifty-07"], "Did you mean 'Sim.Tests.dll'?"),
        ["trace <run>"] = ([_target, "fifty-077"], "Did you mean 'fifty-07'?"),
        ["trace --seed"] = ([_target, Line, "--seed", "3"], "--seed means nothing beside a replay line"),
        ["trace --strategy"] = ([_target, "fifty-07", "--strategy", "urv"], "Did you mean 'urw'?"),
        ["trace --format"] = ([_target, "fifty-07", "--format", "htm"], "Did you mean 'html'?"),
        ["trace --output"] = ([_target, "fifty-07", "--output", Path.GetDirectoryName(_target)!], "is a folder: name a file in it."),
        ["corpus <target>"] = ([_gone], "Did you mean 'Sim.Tests.dll'?"),
        ["corpus <action>"] = ([_target, "prun"], "Did you mean 'prune'?"),
        ["corpus <line>"] = ([_target, "add"], "add needs a replay line: sim corpus <target> add <line>."),
        ["corpus --corpus"] = ([_target, "--corpus"], "--corpus needs a value: --corpus DIR."),
        ["corpus --json"] = ([_target, "--json=yes"], "--json takes no value"),
        ["list <target>"] = ([_gone], "Did you mean 'Sim.Tests.dll'?"),
        ["list --filter"] = ([_target, "--filter", "cli-rase*"], "Did you mean 'cli-race'?"),
        ["list --corpus"] = ([_target, "--corpus", "a", "--corpus", "b"], "--corpus is given 2 times: once is enough."),
        ["list --json"] = ([_target, "--json=yes"], "--json takes no value"),
        ["completion <shell>"] = (["zs"], "Did you mean 'zsh'?"),
    };

    [Test]
    public void EveryOptionAndArgument_HasACase()
    {
        using var output = new StringWriter();
        var root = CommandTree.Create(new ToolConsole(output, output), new Option<bool>("--verbose") { Recursive = true }, default);
        var taken = root.Options.Select(static option => $"sim {option.Name}").Concat(root.Subcommands.SelectMany(static command =>
            command.Options.Select(option => $"{command.Name} {option.Name}")
                .Concat(command.Arguments.Select(argument => $"{command.Name} <{argument.Name}>"))));

        Assert.That(_cases.Keys.Order(StringComparer.Ordinal), Is.EqualTo(taken.Order(StringComparer.Ordinal)));
    }

    [TestCaseSource(nameof(Cases))]
    public void BadInput_IsOneLineThatNamesWhatWouldDo(string what)
    {
        var (args, says) = _cases[what];
        var command = what.Split(' ')[0];
        var run = ToolRun.InProcess(command == "sim" ? args : [command, .. args]);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")), run.Error);
        Assert.That(run.Error, Does.StartWith("sim: ").And.EndsWith("\n").And.Contain(says));
        Assert.That(run.Error.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1));
    }

    private static IEnumerable<string> Cases => _cases.Keys;
}

using System.Diagnostics;
using NUnit.Framework;

namespace Sim.Tests;

[TestFixture]
public sealed class CompletionCommandTests
{
    [TestCase("sim fu", "fuzz")]
    [TestCase("sim fuzz x --strategy ra", "random")]
    [TestCase("sim fuzz x --reduct", "--reduction")]
    [TestCase("sim trace x y --format m", "mermaid")]
    [TestCase("sim corpus x pr", "prune")]
    [TestCase("sim completion z", "zsh")]
    public void WordThatIsBegun_IsCompleted(string line, string word) => Assert.That(Suggest(line), Does.Contain(word));

    [Test]
    public void ScenariosOfABuiltTarget_AreCompleted()
    {
        Assert.That(Suggest($"sim fuzz {ToolRun.Target} cli-ra"), Is.SupersetOf(new[] { "cli-race", "cli-race-undeclared" }));
        Assert.That(Suggest("sim run no-such-target cli-ra"), Does.Not.Contain("cli-race"));
    }

    [TestCase("bash", "complete ")]
    [TestCase("zsh", "compdef ")]
    [TestCase("fish", "complete -c sim")]
    [TestCase("pwsh", "Register-ArgumentCompleter")]
    public void Script_IsPrinted(string shell, string part)
    {
        var run = ToolRun.InProcess("completion", shell);

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.Output, Does.Contain(part).And.Contain("[suggest:"));
    }

    [Test, Platform("Linux")]
    public void BashScript_CompletesInBash()
    {
        var script = ToolRun.InProcess("completion", "bash").Output;
        // The tool stands in for itself: what is asked of it is what the test wants to see.
        var program = $$"""
            sim() { [ "$1" = "[suggest:11]" ] && [ "$2" = "sim fuzz --" ] && printf '%s\n' --runs --seed other; }
            {{script}}
            COMP_LINE='sim fuzz --' COMP_POINT=11 COMP_WORDS=(sim fuzz --) COMP_CWORD=2
            _sim_complete
            printf '%s ' "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", program]) { RedirectStandardOutput = true })!;
        Assert.That(bash.StandardOutput.ReadToEnd(), Is.EqualTo("--runs --seed "));
    }

    private static string[] Suggest(string line) => ToolRun.InProcess($"[suggest:{line.Length}]", line).Output.Split('\n');
}

using System.Text.Json;
using NUnit.Framework;

namespace Sim.Tests;

[TestFixture]
public sealed class CorpusCommandTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("sim-corpus-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void WhatIsKept_CanBeLookedAt_AddedTo_AndTidiedUp()
    {
        Assert.That(Corpus().Output, Is.EqualTo($"Nothing is kept in {_folder}.\n"));
        ToolRun.InProcess("fuzz", ToolRun.Target, "cli-race-undeclared", "--corpus", _folder);
        Assert.That(Corpus("add", "cli-holds@2::held:0011223344556677").Output, Is.EqualTo(
            "Kept: cli-holds@2::held:0011223344556677\nBut today it holds.\n"));
        Assert.That(Corpus("list").Output, Does.Match(
            @"^cli-holds: 1 kept\n  holds +cli-holds@\S+\ncli-race-undeclared: 1 kept\n  fails +cli-race-undeclared@\S+"
            + @"\n\n2 failures kept in .+: 1 still fails, 1 not: "));
        Assert.That(Corpus("show").Output, Does.Contain("      InvalidOperationException: The account is overdrawn: -100.\n"));
        Assert.That(ToolRun.InProcess("list", ToolRun.Target, "--corpus", _folder, "--filter", "cli-race*").Output, Does.Match(
            @"^cli-race +planted: .*\ncli-race-undeclared  kept: 1\n$"));
        Assert.That(Corpus("prune").Output, Does.EndWith("\n1 dropped, 1 kept.\n"));
        Assert.That(Corpus("clear").Output, Does.EndWith("\n1 dropped, 0 kept.\n"));
        Assert.That(Corpus().Output, Is.EqualTo($"Nothing is kept in {_folder}.\n"));
    }

    [Test]
    public void FileThatCannotBeRead_IsNamed()
    {
        File.WriteAllText(Path.Join(_folder, "cli-holds.txt"), "# a remark\nnonsense\n");
        var run = Corpus();

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")));
        Assert.That(run.Error, Does.Match("^sim: Line 2 of the corpus '.+cli-holds.txt' cannot be read: take it out. 'nonsense' is .+\n$"));
    }

    [Test]
    public void Document_TellsWhatWasDropped()
    {
        Corpus("add", "cli-holds@2::held:0011223344556677");
        using var json = JsonDocument.Parse(Corpus("prune", "--json").Output);

        var entry = json.RootElement.GetProperty("entries")[0];
        Assert.That((entry.GetProperty("state").GetString(), entry.GetProperty("dropped").GetBoolean()), Is.EqualTo(("holds", true)));
    }

    private ToolRun Corpus(params string[] args) => ToolRun.InProcess(["corpus", ToolRun.Target, .. args, "--corpus", _folder]);
}

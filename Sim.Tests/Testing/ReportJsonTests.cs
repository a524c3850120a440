using System.Text.Json;
using NUnit.Framework;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>The documents whole: their form is promised, so that programs can be written on it.</summary>
[TestFixture]
public sealed class ReportJsonTests
{
    private static readonly CampaignOptions _options = new() { Runs = 300 };
    private static readonly CampaignReport _found = Campaign.Run(Races.Account, _options);
    private static readonly ReplayReport _replay = ReplayReport.Make(Races.Account, _found.Replay!);

    [Test]
    public Task Campaigns()
    {
        var held = Campaign.Run(Races.Turns, _options with { Runs = 20 });
        var outcomes = new[]
        {
            new CampaignOutcome(_found, _options, TimeSpan.FromSeconds(1.25)),
            new CampaignOutcome(held, _options with { Runs = 20 }, TimeSpan.FromMilliseconds(3)),
        };
        return Check(ReportJson.OfCampaigns("Folder", [Races.Account, Races.Turns, Races.Order], outcomes, 1));
    }

    [Test]
    public Task Runs() => Check(ReportJson.OfRuns("Folder", [(Races.Order, Races.Order.Run(new FifoStrategy()))], 0));

    [Test]
    public Task Replay() => Check(ReportJson.OfReplay("Folder", Races.Account, _replay, 1));

    [Test]
    public Task Shrink() => Check(ReportJson.OfShrink("Folder", ShrinkReport.Make(Races.Order, Line(Races.Order)), 1));

    [Test]
    public Task Explanation()
    {
        var replay = ReplayReport.Make(Races.Order, Line(Races.Order));
        return Check(ReportJson.OfExplanation("Folder", Races.Order, replay, Races.Order.Explain(replay.Run), 1));
    }

    [Test]
    public Task Corpus()
    {
        var gone = new CorpusEntry(ReplayLine.Parse("gone@2::01234567:0011223344556677"), CorpusState.Orphaned, null);
        return Check(ReportJson.OfCorpus("Folder", "corpus", "prune", [new(_found.Replay!, CorpusState.Fails, _replay), gone], [gone]));
    }

    [Test]
    public Task List() => Check(ReportJson.OfList(
        "Folder", [Races.Account, Races.Turns with { MustFail = "one is \"planted\"…" }], static _ => 2, ["a test takes parameters"]));

    [Test]
    public void WhateverTheTextsSay_TheDocumentIsAscii()
    {
        const string Planted = "Grüße, \"quoted\", \u0001, \U0001F600";
        var document = ReportJson.OfList("Folder", [Races.Turns with { MustFail = Planted }], static _ => 0, []);

        Assert.That(document, Has.All.LessThan('\u007f'));
        using var parsed = JsonDocument.Parse(document);
        Assert.That(parsed.RootElement.GetProperty("scenarios")[0].GetProperty("planted").GetString(), Is.EqualTo(Planted));
    }

    private static ReplayLine Line(Scenario scenario) => Campaign.Run(scenario, _options).Replay!;

    private static Task Check(string document)
    {
        JsonDocument.Parse(document).Dispose();
        return Verify(CodePlaces.Without(document));
    }
}

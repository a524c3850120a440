using NUnit.Framework;
using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

[TestFixture]
public sealed class FailureCorpusFolderTests
{
    private static readonly ReplayLine _line = Campaign.Run(Races.Account, new CampaignOptions { Runs = 300 }).Replay!;
    private static readonly Scenario _mended = new("account-race", static async () => await Asyncio.YieldAsync());
    private string _path = "";

    [SetUp]
    public void MakeFolder() => _path = Directory.CreateTempSubdirectory("sim-corpora-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_path, recursive: true);

    [Test]
    public void NothingKept_IsSaid()
    {
        Assert.That(Open().Review(), Is.Empty);
        Assert.That(CorpusText.Of("the folder", [], "target", inFull: false), Is.EqualTo("Nothing is kept in the folder.\n"));
        Assert.That(new FailureCorpusFolder(Path.Join(_path, "none"), [Races.Account]).Names, Is.Empty);
    }

    [Test]
    public void LineThatIsAdded_IsKept_AndToldToFail()
    {
        var entry = Open().Add(_line);

        Assert.That((entry.State, entry.IsAlive, Open().CountOf("account-race")), Is.EqualTo((CorpusState.Fails, true, 1)));
        Assert.That(CorpusText.OfAdded(entry), Is.EqualTo(
            $"Kept: {_line}\nIt still fails: InvalidOperationException: The balance is -30.\n"));
    }

    [Test]
    public void Review_TellsWhatEachIsWorth()
    {
        Open().Add(_line);
        Open().Add(ReplayLine.Parse("account-race@2::held:0011223344556677"));
        Open(Races.Turns with { Name = "gone" }).Add(ReplayLine.Parse("gone@2::01234567:0011223344556677"));

        Assert.That(Open().Review().Select(static entry => entry.State),
            Is.EqualTo(new[] { CorpusState.Holds, CorpusState.Fails, CorpusState.Orphaned }));
        Assert.That(
            Open(_mended).Review().Select(static entry => entry.State),
            Is.EqualTo(new[] { CorpusState.Holds, CorpusState.Misfits, CorpusState.Orphaned }));
        Assert.That(CorpusText.Of("the folder", [.. Open().Review()], "target", inFull: false), Is.EqualTo(
            $"""
            account-race: 2 kept
              holds            account-race@2::held:0011223344556677
              fails            {_line}
            gone: 1 kept
              no scenario      gone@2::01234567:0011223344556677

            3 failures kept in the folder: 1 still fails, 2 not: sim corpus target prune drops them.

            """));
    }

    [Test]
    public void InFull_TellsHowEachFails()
    {
        Open().Add(_line);

        Assert.That(CorpusText.Of("the folder", [.. Open().Review()], "target", inFull: true), Is.EqualTo(
            $"""
            account-race: 1 kept
              fails            {_line}
                  InvalidOperationException: The balance is -30.
                  The run is the recorded one, event for event.

            1 failure kept in the folder: 1 still fails.

            """));
    }

    [Test]
    public void Prune_DropsWhatDoesNotFail_AndClearTheRest()
    {
        Open().Add(_line);
        Open().Add(ReplayLine.Parse("account-race@2::held:0011223344556677"));
        Open(Races.Turns with { Name = "gone" }).Add(ReplayLine.Parse("gone@2::01234567:0011223344556677"));

        var entries = Open().Prune();

        Assert.That(CorpusText.OfDropped(entries, [.. entries.Where(static entry => !entry.IsAlive)]), Is.EqualTo(
            "dropped: account-race@2::held:0011223344556677 as it holds\n"
            + "dropped: gone@2::01234567:0011223344556677 as its scenario is not there any more, or must fail\n2 dropped, 1 kept.\n"));
        Assert.That(Open().Review().Single().Line.ToString(), Is.EqualTo(_line.ToString()));
        Assert.That(Open().Clear(), Has.Count.EqualTo(1));
        Assert.That(Directory.GetFiles(_path), Is.Empty);
    }

    [Test]
    public void LineOfAPlantedBug_IsNotKept() => Assert.That(
        () => Open(Races.Account with { MustFail = "it is planted" }).Add(_line),
        Throws.TypeOf<ScenarioException>().With.Message.StartWith("Scenario 'account-race' must fail, so nothing is kept of it"));

    [Test]
    public void LineThatIsLongerThanAllThatAreKept_IsRefused()
    {
        for (var i = 0; i < FailureCorpus.Capacity; i++)
        {
            Open().Add(ReplayLine.Parse($"account-race@2::held:{i:x16}"));
        }

        Assert.That(() => Open().Add(_line),
            Throws.TypeOf<ScenarioException>().With.Message.StartWith("16 failures of 'account-race' are kept"));
    }

    private FailureCorpusFolder Open(Scenario? scenario = null) => new(_path, [scenario ?? Races.Account]);
}

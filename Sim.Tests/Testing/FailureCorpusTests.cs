using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>The failures that were found before, and are run first next time.</summary>
public sealed class FailureCorpusTests
{
    private static bool _isMended;

    private string _folder = "";

    private static Scenario Mendable { get; } = Races.Account with
    {
        Name = "mend/able",
        Body = static () => _isMended ? Races.Turns.Body() : Races.Account.Body(),
    };

    private string File => Path.Combine(_folder, "mend%2Fable.txt");

    private CampaignOptions Options => new() { Runs = 300, Corpus = _folder };

    [SetUp]
    public void MakeFolder()
    {
        _isMended = false;
        _folder = Path.Combine(Directory.CreateTempSubdirectory("sim-corpus-").FullName, "deep", "corpus");
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(_folder)!)!, recursive: true);

    [Test]
    public void ScenarioThatHolds_MakesNoFolder()
    {
        Assert.That(Campaign.Run(Races.Turns, Options with { Runs = 20 }).Held, Is.True);
        Assert.That(Directory.Exists(_folder), Is.False);
    }

    [Test]
    public void FailureThatWasFound_IsTheFirstOneNextTime()
    {
        var found = Campaign.Run(Mendable, Options);
        Assert.That((found.FromCorpus, found.Runs), Is.EqualTo(((ReplayLine?)null, (int)found.FoundSeed + 1)));
        Assert.That(System.IO.File.ReadAllLines(File), Is.EqualTo(new[] { found.Replay!.ToString() }));

        var again = Campaign.Run(Mendable, Options);
        Assert.That((again.FromCorpus?.ToString(), again.Runs, again.Held), Is.EqualTo((found.Replay.ToString(), 1, false)));
        Assert.That(again.Replay!.ToString(), Is.EqualTo(found.Replay.ToString()));
        Assert.That(System.IO.File.ReadAllLines(File), Is.EqualTo(new[] { found.Replay.ToString() }));
        Assert.That(FailureText.Of(again, "target"), Does.StartWith("mend/able fails again, as its corpus remembers, at "));
        var line = CampaignText.Line(new CampaignOutcome(again, Options, TimeSpan.Zero));
        Assert.That(line, Is.EqualTo("mend/able FAILS again, as its corpus remembers"));
    }

    [Test]
    public void FailureWhoseDecisionsNoLongerFit_IsDroppedWithAWord()
    {
        var found = Campaign.Run(Mendable, Options);
        _isMended = true;
        var mended = Campaign.Run(Mendable, Options with { Runs = 20 });
        Assert.That(mended.Held, Is.True);
        Assert.That(mended.DroppedFromCorpus, Has.Exactly(1).Items);
        Assert.That(mended.DroppedFromCorpus[0], Does.StartWith($"{found.Replay} is dropped from the corpus: it holds, and decision "));
        var text = CampaignText.Of(new CampaignOutcome(mended, Options, TimeSpan.Zero), "target");
        Assert.That(text, Does.Contain($"\n  note: {found.Replay} is dropped"));
        Assert.That(System.IO.File.Exists(File), Is.False);
    }

    [Test]
    public void FailureThatHoldsByTheSameDecisions_IsKept()
    {
        // The same tasks and turns, but nothing is asserted any more.
        var forgiving = Races.Account with
        {
            Name = "mend/able",
            Body = static async () =>
            {
                try
                {
                    await Races.Account.Body();
                }
                catch (InvalidOperationException)
                {
                    await Task.CompletedTask;
                }
            },
        };
        var found = Campaign.Run(Mendable, Options);
        var report = Campaign.Run(forgiving, Options);
        Assert.That((report.Held, report.DroppedFromCorpus.Count), Is.EqualTo((true, 0)));
        Assert.That(System.IO.File.ReadAllLines(File), Is.EqualTo(new[] { found.Replay!.ToString() }));
    }

    [Test]
    public void ScenarioThatMustFail_IsSearchedAnew()
    {
        var planted = Mendable with { MustFail = "It is there to be searched for." };
        Campaign.Run(Mendable, Options);
        Assert.That(Campaign.Run(planted, Options).FromCorpus, Is.Null);
    }

    [Test]
    public void WhatAPersonHasWritten_AndAnotherScenarioKeeps_Stays()
    {
        // Their files have the same name, which is cut.
        var (first, second) = ($"{new string('n', 200)}1", $"{new string('n', 200)}2");
        Keep(first);
        var file = Directory.GetFiles(_folder).Single();
        var kept = System.IO.File.ReadAllLines(file).Single();
        System.IO.File.WriteAllLines(file, ["# Why this one matters.", "", kept]);

        Keep(second);

        Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { file }));
        Assert.That(FailureCorpus.Open(_folder, first).Lines.Single().ToString(), Is.EqualTo(kept));
        Assert.That(FailureCorpus.Open(_folder, second).Lines, Has.Exactly(1).Items);
        Assert.That(System.IO.File.ReadAllLines(file), Has.Length.EqualTo(3).And.Member("# Why this one matters."));

        void Keep(string name)
        {
            var corpus = FailureCorpus.Open(_folder, name);
            corpus.Add(ReplayLine.Parse($"{name}@2::9c41d7e2:0011223344556677"));
            corpus.Save();
        }
    }

    [Test]
    public void Corpus_KeepsTheShortest_EachOnce()
    {
        var lines = Lines();
        var shortest = lines.OrderBy(static line => line.Script.Count).ThenBy(static line => line.ToString().Length)
            .Select(static line => line.ToString()).ToList();
        var corpus = FailureCorpus.Open(_folder, "mend/able");
        foreach (var line in lines.Concat(lines).Reverse())
        {
            corpus.Add(line);
        }

        corpus.Save();
        var read = FailureCorpus.Open(_folder, "mend/able").Lines;
        Assert.That(lines, Has.Count.GreaterThan(FailureCorpus.Capacity));
        var lengths = shortest.Take(FailureCorpus.Capacity).Select(static line => line.Length);
        Assert.That(read.Select(static line => line.ToString().Length), Is.EqualTo(lengths));
        Assert.That(read.Select(static line => line.ToString()), Is.Unique.And.SubsetOf(shortest));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { File }), "No draft is left behind.");
    }

    [Test]
    public void CommentsAndOtherScenarios_AreNotRead()
    {
        Directory.CreateDirectory(_folder);
        var other = ReplayLine.Of(Races.Account, Races.Account.Run(new FifoStrategy()));
        var line = Lines()[0].ToString();
        System.IO.File.WriteAllLines(File, ["# found in May", "", $"  {line}  ", other.ToString()]);
        Assert.That(FailureCorpus.Open(_folder, "mend/able").Lines.Select(static kept => kept.ToString()), Is.EqualTo(new[] { line }));
    }

    [Test]
    public void LineThatCannotBeRead_IsNamed()
    {
        Directory.CreateDirectory(_folder);
        System.IO.File.WriteAllLines(File, [Lines()[0].ToString(), "nonsense"]);
        Assert.That(() => Campaign.Run(Mendable, Options), Throws.TypeOf<ScenarioException>().With.Message.StartWith(
            $"Line 2 of the corpus '{File}' cannot be read: take it out. 'nonsense' is not a replay line: "));
    }

    [Test]
    public void FailureThatCannotBeKept_IsToldAllTheSame()
    {
        Directory.CreateDirectory(File);
        var report = Campaign.Run(Mendable, Options);

        Assert.That((report.Held, report.Replay is null), Is.EqualTo((false, false)));
        Assert.That(report.NotKept, Does.StartWith($"The corpus '{File}' cannot be written: "));
        Assert.That(CampaignText.Notes(report), Does.StartWith("  note: it is not kept: The corpus "));
    }

    private static List<ReplayLine> Lines() => [.. Enumerable.Range(0, 60)
        .Select(static seed => ReplayLine.Of(Mendable, Mendable.Run(new RandomStrategy(seed)))).DistinctBy(static line => line.ToString())];
}

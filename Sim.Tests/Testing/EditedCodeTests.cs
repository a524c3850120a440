using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>A replay line after the code was edited: elsewhere, and where it matters.</summary>
public class EditedCodeTests
{
    private const string Identical = "The run is the recorded one, event for event.";

    private static readonly SimulationOptions _quick = new() { WatchThreadPool = false, Patience = TimeSpan.Zero };

    private static IEnumerable<TestCaseData> HarmlessEdits() =>
        from bug in EditedPrograms.Bugs
        from edit in EditedPrograms.HarmlessEdits
        select new TestCaseData(bug, edit).SetArgDisplayNames(bug, edit);

    [TestCaseSource(nameof(HarmlessEdits))]
    public void EditElsewhere_LeavesTheFailureReplayable(string bug, string edit)
    {
        foreach (var line in LinesOf(bug))
        {
            var replay = ReplayReport.Make(ScenarioOf(bug, edit), line);
            Assert.That(line.EndsAlike(replay.Run), Is.True, $"{line}\n{replay.Compare()}");
            Assert.That(replay.Compare(), Does.Contain("it still fails in the same way").Or.EqualTo(Identical));
        }
    }

    [Test]
    public void CodeAsItWas_IsReplayedEventForEvent([ValueSource(typeof(EditedPrograms), nameof(EditedPrograms.Bugs))] string bug)
    {
        foreach (var line in LinesOf(bug))
        {
            Assert.That(ReplayReport.Make(ScenarioOf(bug), line).Compare(), Is.EqualTo(Identical));
        }
    }

    [TestCase("account", "lock")]
    [TestCase("account", "no await in the race")]
    [TestCase("account", "bob is gone")]
    [TestCase("deadlock", "locks in the same order")]
    [TestCase("timeout", "no jitter")]
    [TestCase("handover", "notified after the wait")]
    public void EditThatMends_IsTold_WithTheDecisionThatNoLongerFits(string bug, string edit)
    {
        foreach (var line in LinesOf(bug))
        {
            var replay = ReplayReport.Make(ScenarioOf(bug, edit), line);
            TestContext.Out.WriteLine($"{line}\n{replay.Compare()}");
            Assert.That(replay.Run.Passed, Is.True);
            Assert.That(replay.Compare(), Does.StartWith("The code has changed since the recording: "));
            Assert.That(
                replay.Compare(),
                Does.Contain(" no longer fits: ").Or.Contain(" The first step that differs is ").Or.Contain(" The steps are the recorded ones"));
        }
    }

    [Test]
    public void EditThatLeavesAllDecisions_IsTold_WithTheFirstStepThatDiffers()
    {
        var replay = ReplayReport.Make(ScenarioOf("account", "no await in the race"), LinesOf("account").First());
        Assert.That(replay.Compare(), Does.Match(
            @"^The code has changed since the recording: all \d decisions fit, but it no longer fails\. "
            + @"The first step that differs is step \d+: (it was \w+'s \d\w\w step, and )?now it is .+\.$"));
    }

    [Test]
    public void LineWithADecisionTakenOut_IsTakenAsItIs([ValueSource(typeof(EditedPrograms), nameof(EditedPrograms.Bugs))] string bug)
    {
        foreach (var line in LinesOf(bug))
        {
            foreach (var deviation in line.Script.Deviations)
            {
                var changed = ReplayLine.Parse((line with { Script = new DecisionScript(line.Script.Deviations.Remove(deviation)) }).ToString());
                var replay = ReplayReport.Make(ScenarioOf(bug), changed);
                Assert.That(line.EndsAlike(replay.Run), Is.False, $"{changed}");
                Assert.That(replay.Compare(), Does.StartWith("The line was changed by hand: "));
            }
        }
    }

    [TestCase("main yields between the tasks", "if each step waits until those that go ahead of it have run.")]
    [TestCase("bob yields first", "if decision 1 of 3 (bob's 1st step ahead of alice's 1st) becomes bob's 2nd step ahead of alice's")]
    public void DecisionThatMoves_IsTold(string edit, string words)
    {
        var line = LinesOf("account").First();
        Assert.That(ReplayReport.Make(ScenarioOf("account", edit), line).Compare(), Does.Contain(words));
    }

    [Test]
    public void RenamedTask_StillFails_AndIsNamed()
    {
        foreach (var line in LinesOf("account"))
        {
            var replay = ReplayReport.Make(ScenarioOf("account", "bob is called rob"), line);
            Assert.That(replay.Compare(), Does.Contain("it still fails in the same way if the decisions are taken where they stood.")
                .And.Contain("no longer fits: there is no task bob any more: there are main, alice, rob, carol."));
        }
    }

    private static Scenario ScenarioOf(string bug, string edit = "") =>
        new(bug, () => EditedPrograms.RunAsync(bug, edit)) { Options = _quick };

    // Shrunk failures, as they are printed; from several seeds, as they may differ.
    private static IEnumerable<ReplayLine> LinesOf(string bug)
    {
        var scenario = ScenarioOf(bug);
        var lines = new HashSet<string>();
        foreach (var family in (string[])["random", "pct:3", "surw"])
        {
            var options = new CampaignOptions { Runs = 2_000, Seed = 1, Strategy = StrategyFamilies.Parse(family), Workers = 1 };
            if (Campaign.Run(scenario, options).Replay is { } line)
            {
                lines.Add(line.ToString());
            }
        }

        Assert.That(lines, Is.Not.Empty);
        return lines.Order(StringComparer.Ordinal).Select(ReplayLine.Parse);
    }
}

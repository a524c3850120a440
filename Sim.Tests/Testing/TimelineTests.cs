using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>How a trace is laid out: nothing is lost, nothing is told twice, and arrows point forwards.</summary>
public class TimelineTests
{
    [Test]
    public void EveryEvent_IsInOneStep_AndInOneLane()
    {
        foreach (var run in TimelineRuns.All())
        {
            var events = run.Steps.SelectMany(static step => step.Events).ToList();
            Assert.That(events.Select(static entry => entry.Happened), Is.EqualTo(run.Report.Trace.Events));
            Assert.That(events.Select(static entry => entry.Lane), Has.All.InRange(0, run.Lanes.Count - 1));
            Assert.That(run.Lanes.Select(static lane => lane.Name), Is.Unique);
            Assert.That(run.Lanes.SkipLast(1).Select(static lane => lane.Kind), Has.All.EqualTo(LaneKind.Task));
        }
    }

    [Test]
    public void AnEvent_IsInTheLaneOfItsTask_OrOfTheLoop()
    {
        foreach (var run in TimelineRuns.All())
        {
            var events = run.Steps.SelectMany(static step => step.Events);
            foreach (var entry in events.Where(entry => run.Lanes[entry.Lane].Kind == LaneKind.Task))
            {
                Assert.That(run.Lanes[entry.Lane].Name.Split('~')[0], Is.EqualTo(entry.Happened.Task));
            }
        }
    }

    [Test]
    public void Arrows_PointForwards_ToStepsThatTheTraceSaysTheyCause()
    {
        foreach (var run in TimelineRuns.All())
        {
            var arrows = run.Arrows.ToList();
            Assert.That(arrows, Has.All.Matches<TimelineArrow>(static arrow => arrow.From > 0 && arrow.From < arrow.To));
            Assert.That(
                arrows.Select(static arrow => (arrow.From, arrow.To)),
                Is.EqualTo(run.Report.Trace.Events.Where(static happened => happened.Cause > 0)
                    .Select(static happened => (happened.Cause, happened.Step))));
            foreach (var arrow in arrows)
            {
                var word = arrow.Kind switch { ArrowKind.Creates => "created in", ArrowKind.Wakes => "woken in", _ => "from" };
                var step = run.Report.Trace.Events.First(happened => happened.Step == arrow.To && happened.Kind == TraceEventKind.Step);
                Assert.That(step.Text, Does.Contain($"({word} step {arrow.From})"));
            }
        }
    }

    [Test]
    public void AStepsText_IsTheTraces_WithoutItsCause()
    {
        foreach (var step in TimelineRuns.All().SelectMany(static run => run.Steps).Where(static step => step.Phase != StepPhase.Outside))
        {
            var whole = step.Events[0].Happened.Text;
            Assert.That(step.Text, Does.Not.Contain($"step {step.Cause})"));
            Assert.That(whole.Length - step.Text.Length, step.Cause == 0 ? Is.Zero : Is.GreaterThan(0));
            Assert.That(whole, Does.StartWith(step.Text.Split(", ")[0]));
        }
    }

    [Test]
    public void EveryDeviation_IsToldAtAStep()
    {
        foreach (var run in TimelineRuns.All())
        {
            var deviations = run.Report.Decisions.Count(static decision => decision.Value > 0);
            Assert.That(run.Steps.Sum(static step => step.Decisions.Count), Is.EqualTo(deviations));
        }
    }

    [Test]
    public void TheDecidingSteps_AreThePairInBothOrders()
    {
        var timeline = Timeline.Of(TimelineRuns.AccountRace, "Samples");
        var pairs = timeline.Runs.Select(static run =>
            run.Steps.Where(static step => step.Decides).Select(static step => step.Key.ToString())).ToList();
        Assert.That(pairs, Is.EqualTo((string[][])[["card#3", "rent#2"], ["rent#2", "card#3"]]));
        Assert.That(timeline.Runs.Select(static run => run.Report.Passed), Is.EqualTo((bool[])[false, true]));
        Assert.That(timeline.Why, Does.StartWith("It fails because the 3rd step of card").And.Not.Contain("\n"));
    }

    [Test]
    public void WhereADrawDecides_ItsStepDoes()
    {
        var scenario = new Scenario("dice", static async () =>
        {
            await Asyncio.YieldAsync();
            if (Simulation.Current.Draw("dice", 6) == 5)
            {
                throw new InvalidOperationException("A six.");
            }
        });
        var report = Campaign.Run(scenario, new CampaignOptions { Runs = 300, Strategy = StrategyFamilies.Parse("random") });
        foreach (var run in Timeline.Of(report, "Folder").Runs)
        {
            var step = run.Steps.Single(static step => step.Decides);
            Assert.That((step.Number, step.Phase), Is.EqualTo((2L, StepPhase.GoesOn)));
            Assert.That(step.Decisions.Contains("At 0.000s main draws 5 of 0 to 5 for dice."), Is.EqualTo(!run.Report.Passed));
        }
    }

    [Test]
    public void ReplayLines_MakeTheRunsThatAreShown()
    {
        var scenario = TimelineRuns.AccountRace.Scenario;
        foreach (var run in Timeline.Of(TimelineRuns.AccountRace, "Samples").Runs)
        {
            Assert.That(run.Replay, Has.Count.EqualTo(2));
            var replay = ReplayReport.Make(scenario, ReplayLine.Parse(run.Replay[0].Split(' ')[^1]));
            Assert.That(replay.IsIdentical, Is.True);
            Assert.That(run.Replay[1], Does.Contain($"SIM_REPLAY={replay.Line} "));
        }
    }

    [Test]
    public void TheShrunkRun_IsShown_WhereTheSameDecidesThere()
    {
        var timeline = Timeline.Of(TimelineRuns.AccountRace, "Samples");
        Assert.That(timeline.Runs[0].Report.Trace.Hash, Is.EqualTo(TimelineRuns.AccountRace.Shrunk!.Trace.Hash));
        Assert.That(timeline.Explained, Is.Null);
    }

    [Test]
    public void TheRunAskedAbout_IsTold_WhereAnotherIsShown()
    {
        // First in, first out fails; a run next to one that holds takes decisions.
        var scenario = new Scenario("clerks", ClerksAsync);
        var run = scenario.Run(new FifoStrategy());
        var timeline = Timeline.Of(scenario, run, "Folder", scenario.Explain(run));
        Assert.That(timeline.Explained!.Report.Trace.Hash, Is.EqualTo(run.Trace.Hash));
        Assert.That(timeline.Explained.Steps.SelectMany(static step => step.Decisions), Is.Empty);
        Assert.That(timeline.Runs[0].Steps.SelectMany(static step => step.Decisions), Is.Not.Empty);
        Assert.That((string[])[timeline.Explained.Replay[0], timeline.Runs[0].Replay[0], timeline.Runs[1].Replay[0]], Is.Unique);
        var replay = ReplayReport.Make(scenario, ReplayLine.Parse(timeline.Explained.Replay[0].Split(' ')[^1]));
        Assert.That((replay.IsIdentical, replay.Run.Trace.Hash), Is.EqualTo((true, run.Trace.Hash)));

        static async Task ClerksAsync()
        {
            var counted = 0;
            await Asyncio.GatherAsync<ValueTuple>(
                [.. Enumerable.Range(1, 4).Select(number => Asyncio.CreateTask(number % 2 == 0 ? CountAsync : PassAsync, $"clerk-{number}"))]);
            if (counted != 2)
            {
                throw new InvalidOperationException($"Of 2 counts {counted} is in the books.");
            }

            async Task CountAsync()
            {
                var before = counted;
                await Asyncio.YieldAsync();
                counted = before + 1;
            }

            static async Task PassAsync() => await Asyncio.YieldAsync();
        }
    }

    [Test]
    public void TasksOfOneName_HaveLanesOfTheirOwn()
    {
        var run = TimelineRuns.Of(Simulation.Run(TimelineRuns.Namesakes));
        Assert.That(run.Lanes.Select(static lane => lane.Name), Is.EqualTo((string[])["main", "bob", "bob~2", "loop"]));
        var notes = run.Steps.SelectMany(static step => step.Events).Where(static entry => entry.Happened.Kind == TraceEventKind.Note)
            .Select(entry => $"{run.Lanes[entry.Lane].Name}: {entry.Happened.Text}");
        Assert.That(notes, Is.EqualTo((string[])["loop: \"from a callback\"", "bob: \"bob 1\"", "bob~2: \"bob 2\""]));
    }

    [Test]
    public void ATaskThatIsCalledLoop_IsNotTheLoop()
    {
        var run = TimelineRuns.Of(Simulation.Run(static async () =>
            await Asyncio.CreateTask(static async () => await Asyncio.YieldAsync(), "loop")));
        Assert.That(
            run.Lanes.Select(static lane => (lane.Name, lane.Kind)),
            Is.EqualTo(((string, LaneKind)[])[("main", LaneKind.Task), ("loop", LaneKind.Task), ("loop (callbacks)", LaneKind.Loop)]));
    }

    [Test]
    public void ACampaignThatHeld_HasNoTimeline() =>
        Assert.That(static () => Timeline.Of(Campaign.Run(Races.Turns), "Folder"), Throws.ArgumentException);

    [Test]
    public void ARunWithoutEvents_HasATimelineWithoutSteps()
    {
        var run = Simulation.Run(static () => Task.CompletedTask, new SimulationOptions { Records = false });
        Assert.That(TimelineRuns.Of(run).Steps, Is.Empty);
        Assert.That(TimelinePage.Of(Timeline.Of(run)), Does.EndWith("</html>\n"));
        Assert.That(MermaidDiagram.Of(Timeline.Of(run)), Is.EqualTo("sequenceDiagram\n"));
    }
}

using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>Parts of a trace, and an explanation, as snapshots: the samples of docs/snapshots.md.</summary>
public class StorySnapshotTests
{
    #region notes
    [Test]
    public Task TheNotes_TellTheStory() =>
        Verify(Simulation.Run(ServeAsync).Trace.Only(TraceEventKind.Note).ToString());
    #endregion

    #region tasks
    [Test]
    public Task TwoTasks_Alone() =>
        Verify(Simulation.Run(ServeAsync).Trace.Of("tea", "toast").ToString());
    #endregion

    #region targets
    [Test]
    public Task TheStory_AndItsEnd()
    {
        var run = Simulation.Run(ServeAsync);
        IEnumerable<Target> parts =
        [
            new Target("txt", run.Trace.Only(TraceEventKind.Note, TraceEventKind.End).ToString(), "story"),
            new Target("txt", run.Failure?.Message ?? "holds", "end"),
        ];
        return Verify(parts);
    }
    #endregion

    #region diagram
    [Test]
    public Task ADiagram_OfTheRun() =>
        Verify(MermaidDiagram.Of(Timeline.Of(Simulation.Run(ServeAsync))));
    #endregion

    #region explanation
    [Test]
    public Task TheExplanation_OfAFailure()
    {
        var scenario = new Scenario("one-cup", ShareOneCupAsync);
        var report = Campaign.Run(scenario, new CampaignOptions { Runs = 200 });
        return Verify(ExplanationText.Of(report.Explanation!));
    }
    #endregion

    private static async Task ServeAsync()
    {
        async Task MakeAsync(string what, int minutes)
        {
            await Asyncio.SleepAsync(TimeSpan.FromMinutes(minutes));
            Simulation.Current.Note($"{what} is ready");
        }

        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => MakeAsync("tea", 3), "tea"), Asyncio.CreateTask(() => MakeAsync("toast", 2), "toast"));
        Simulation.Current.Note("breakfast");
    }

    private static async Task ShareOneCupAsync()
    {
        var cups = 1;

        async Task TakeAsync(int hops)
        {
            for (var hop = 0; hop < hops; hop++)
            {
                await Asyncio.YieldAsync();
            }

            if (cups > 0)
            {
                await Asyncio.YieldAsync();
                cups--;
            }
        }

        await Asyncio.GatherAsync(
            Asyncio.CreateTask(() => TakeAsync(hops: 1), "ann"), Asyncio.CreateTask(() => TakeAsync(hops: 3), "bob"));
        if (cups < 0)
        {
            throw new InvalidOperationException("Two have taken one cup.");
        }
    }
}

using Samples;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>Runs to lay out, for the tests of timelines.</summary>
internal static class TimelineRuns
{
    private static readonly Lazy<CampaignReport> _accountRace = new(static () => Campaign.Run(
        ScenarioCatalog.Find(ScenarioCatalog.In(typeof(AccountStory).Assembly), "account-race"), new CampaignOptions { Runs = 1_000 }));

    private static readonly Lazy<IReadOnlyList<TimelineRun>> _all = new(static () => [.. Make()]);

    /// <summary>The campaign of the README.</summary>
    public static CampaignReport AccountRace => _accountRace.Value;

    /// <summary>Runs of several kinds: an explained failure, sleeps, callbacks, a stall, draws, tasks of one name.</summary>
    public static IReadOnlyList<TimelineRun> All() => _all.Value;

    private static IEnumerable<TimelineRun> Make()
    {
        foreach (var run in Timeline.Of(AccountRace, "Samples").Runs)
        {
            yield return run;
        }

        foreach (var scenario in ScenarioCatalog.In(typeof(AccountStory).Assembly))
        {
            yield return Of(scenario.Run(new RandomStrategy(7), patient: false));
        }

        for (var seed = 1; seed <= 20; seed++)
        {
            var program = new RandomProgram(seed);
            yield return Of(Simulation.Run(
                program.RunAsync, new SimulationOptions { Strategy = new RandomStrategy(seed), Patience = TimeSpan.Zero }));
        }

        yield return Of(Simulation.Run(Namesakes));
        yield return Of(Simulation.Run(
            static async () => await Asyncio.GetRunningLoop().CreateFuture<int>(), new SimulationOptions { Patience = TimeSpan.Zero }));
    }

    public static TimelineRun Of(RunReport report) => Timeline.Of(report).Runs[0];

    /// <summary>Two tasks of the same name, and a callback that speaks.</summary>
    public static async Task Namesakes()
    {
        var tasks = Enumerable.Range(1, 2).Select(static number => Asyncio.CreateTask(
            async () =>
            {
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(number));
                Simulation.Current.Note($"bob {number}");
            },
            "bob")).ToArray();
        Asyncio.GetRunningLoop().CallSoon(static () => Simulation.Current.Note("from a callback"));
        await Asyncio.GatherAsync<ValueTuple>(tasks);
    }
}

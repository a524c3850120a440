using Samples;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.BrowserTests;

/// <summary>The pages that are looked at, written into a folder.</summary>
/// <param name="folder">The folder.</param>
internal sealed class TimelinePages(string folder)
{
    private readonly Lazy<CampaignReport> _accountRace = new(static () => Campaign.Run(
        ScenarioCatalog.Find(ScenarioCatalog.In(typeof(AccountStory).Assembly), "account-race"), new CampaignOptions { Runs = 1_000 }));

    /// <summary>The account race of the README, with the run that holds.</summary>
    public string Small => Write("small", () => Timeline.Of(_accountRace.Value, "Samples"));

    /// <summary>The hash in the failure text of the account race.</summary>
    public string ShrunkHash => _accountRace.Value.Shrunk!.Trace.Hash;

    /// <summary>A hundred thousand events and more, in each of two runs.</summary>
    public string Large => Write("large", static () =>
    {
        var run = Warehouse.Scenario.Run(new FifoStrategy());
        return Timeline.Of(Warehouse.Scenario, run, "Warehouse", Warehouse.Scenario.Explain(run));
    });

    /// <summary>One run that holds, with sleeps of hours and a cancellation.</summary>
    public string Holding => Write("holding", static () => Timeline.Of(Simulation.Run(static async () =>
    {
        var tea = Asyncio.CreateTask(static () => Asyncio.SleepAsync(TimeSpan.FromMinutes(3)), "tea");
        var toast = Asyncio.CreateTask(static () => Asyncio.SleepAsync(TimeSpan.FromHours(2)), "toast");
        await tea;
        toast.Cancel();
        await Asyncio.GatherOutcomesAsync<ValueTuple>(toast);
        Simulation.Current.Note("breakfast is ready, without the toast");
    })));

    /// <summary>Half a million steps.</summary>
    public string Endless => Write("endless", static () => Timeline.Of(EndlessRun.Report));

    /// <summary>Two hundred tasks.</summary>
    public string Crowd => Write("crowd", static () => Timeline.Of(Simulation.Run(static async () =>
        await Asyncio.GatherAsync<ValueTuple>([.. Enumerable.Range(1, 200).Select(number => Asyncio.CreateTask(
            async () =>
            {
                for (var i = 0; i < 1 + (number % 3); i++)
                {
                    await Asyncio.YieldAsync();
                }
            },
            $"guest-{number}"))]))));

    /// <summary>Names that would be HTML or script if they were not escaped.</summary>
    public string Hostile => Write("hostile", static () =>
        Timeline.Of(new Scenario("</title><script>window.broken = 1</script>", Body), Simulation.Run(Body), "Samples"));

    private static async Task Body()
    {
        var task = Asyncio.CreateTask(static async () => await Asyncio.YieldAsync(), "</script><script>window.broken = 2</script>");
        Simulation.Current.Note("<img src=x onerror='window.broken = 3'> {{script}} {{data}} \u2028 <!-- ");
        await task;
        throw new InvalidOperationException("<b>not bold</b> &amp; \"quoted\"");
    }

    // Written once, however many checks open it.
    private string Write(string name, Func<Timeline> make)
    {
        var path = Path.Combine(folder, $"{name}.html");
        if (!File.Exists(path))
        {
            using var file = File.Create(path);
            TimelinePage.Write(make(), file);
        }

        return path;
    }
}

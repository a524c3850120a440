using System.Globalization;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Benchmarks;

/// <summary>What a search pays for its strategy: runs without a record, of five tasks that do nothing but take turns.</summary>
internal static class SearchWorkloads
{
    private const int Tasks = 5, Yields = 100_000;

    // In a campaign runs are shorter, and some are counted or checked.
    private const int TurnRuns = 300, Turns = 1_000;

    private const int EmptyRuns = 100_000;

    private const int Schedules = 50_000;

    private const string LostUpdates = "schedules of a lost update: two tasks, two steps each";

    private const string Seeds = "runs that sleep one virtual hour";

    private static readonly string[] _strategies = ["fifo", "random", "round-robin", "pct:3", "pos", "urw", "delay:2"];

    // What a run costs of which only the beginning and the end are left.
    private static readonly Scenario _empty = new("empty", static () => Task.CompletedTask);

    private static readonly WorkloadTable _table = new("Simulations",
    [
        .. _strategies.Select(static name =>
            new Workload("S1", $"decisions of {name}: 5 tasks × 100,000 yields", Tasks * Yields, () => Decide(name))),
        new("S1", "decisions in a campaign, random: 5 × 1,000", TurnRuns * Tasks * Turns, static () => MakeTurns("random")),
        new("S1", "decisions in a campaign, portfolio: 5 × 1,000", TurnRuns * Tasks * Turns, static () => MakeTurns("portfolio")),
        new("S2", Seeds, EmptyRuns, MakeSleepingRuns),
        new("S2", "empty runs", EmptyRuns, MakeEmptyRuns),
        new("S2", "empty runs in a campaign, 1 worker", EmptyRuns, () => Campaign.Run(_empty, new CampaignOptions { Runs = EmptyRuns })),
        new("S2", $"empty runs in a campaign, {Environment.ProcessorCount} workers", EmptyRuns, () => Campaign.Run(
            _empty, new CampaignOptions { Runs = EmptyRuns, Workers = Environment.ProcessorCount })),
        new("S3", SimEcho.Name, SimEcho.RoundTrips, SimEcho.Run),
        new("S3", SimEcho.IdleName, SimEcho.RoundTrips, SimEcho.RunBesideIdle),
        new("S4", LostUpdates, Schedules, MakeLostUpdates),
    ]);

    public static ManagedPeer Peer => _table.Peer;

    public static IReadOnlyList<string> Rows => _table.Rows;

    public static int Write(IReadOnlyList<string> rows, TextWriter report)
    {
        var results = _table.Write(rows, report);
        if (results.Of(SimEcho.Name, Peer) is { } roundTrip)
        {
            var speed = SimEcho.VirtualTime().TotalNanoseconds / (roundTrip * SimEcho.RoundTrips);
            var words = speed.ToString("N0", CultureInfo.InvariantCulture);
            report.WriteLine($"S3 simulates {words} seconds in a second, of 64 connections at once.");
            report.WriteLine();
        }

        Aims.Write(
        [
            PerSecond("S1", "decisions of random: 5 tasks × 100,000 yields", 10_000_000, "at least 10,000,000 decisions a second",
                "the strategy is asked before each step, and the step is found and taken out of the middle of the ready queue"),
            PerSecond("S2", Seeds, 400_000, "at least 400,000 simulations a second",
                "a loop, a task and a report are made for each run, some 8,000 bytes"),
            PerSecond("S3", SimEcho.Name, 500_000, "at least 500,000 round trips a second",
                "four tasks' turns, two timers, four decisions with their labels, for each round trip"),
            new("S3", "a round trip beside 1,000 idle connections takes at most 1.5 times as long", 1.5, true,
                static results => results.Of(SimEcho.IdleName, Peer) / results.Of(SimEcho.Name, Peer),
                "the idle ones are opened and closed in the time that is measured, and so little differs from one run to the next"),
        ], results, report);
        return 0;
    }

    private static Aim PerSecond(string row, string name, double bound, string words, string obstacle) =>
        new(row, words, bound, false, results => 1_000_000_000 / results.Of(name, Peer), obstacle);

    // Made once, in the round that warms up.
    private static readonly Lazy<RunProfile> _profile = new(static () =>
    {
        var counting = new ProfilingStrategy();
        Run(counting);
        return counting.ToProfile();
    });

    private static readonly Scenario _lostUpdate = new("lost update", LoseUpdateAsync);

    private static readonly Scenario _sleeping = new("sleeping", static async () => await Asyncio.SleepAsync(TimeSpan.FromHours(1)));

    private static void MakeSleepingRuns()
    {
        for (var seed = 0; seed < EmptyRuns; seed++)
        {
            _sleeping.Run(new RandomStrategy(seed), records: false);
        }
    }

    private static void MakeEmptyRuns()
    {
        for (var seed = 0; seed < EmptyRuns; seed++)
        {
            _empty.Run(new RandomStrategy(seed), records: false);
        }
    }

    // Each run is a schedule of its own, and it is looked at whether the update was lost: over so many some are, and some are not.
    private static void MakeLostUpdates()
    {
        var lost = 0;
        for (var seed = 0; seed < Schedules; seed++)
        {
            lost += _lostUpdate.Run(new RandomStrategy(seed), records: false).Passed ? 0 : 1;
        }

        if (lost is 0 or Schedules)
        {
            throw new InvalidOperationException($"{lost} of {Schedules} updates were lost: there is nothing to search for.");
        }
    }

    private static async Task LoseUpdateAsync()
    {
        var balance = 0;
        await Asyncio.GatherAsync(Asyncio.CreateTask(AddAsync, "one"), Asyncio.CreateTask(AddAsync, "other"));
        if (balance != 2)
        {
            throw new InvalidOperationException("An update was lost.");
        }

        async Task AddAsync()
        {
            var seen = balance;
            await Asyncio.YieldAsync();
            balance = seen + 1;
        }
    }

    private static void MakeTurns(string strategy)
    {
        var report = Campaign.Run(
            new Scenario("turns", static () => TakeTurnsAsync(Turns)),
            new CampaignOptions { Runs = TurnRuns, Strategy = StrategyFamilies.Parse(strategy) });
        if (!report.Held)
        {
            throw new InvalidOperationException("Tasks that only take turns have failed.");
        }
    }

    private static void Decide(string name) => Run(StrategyFamilies.Parse(name).Create(1, _profile.Value));

    private static void Run(IStrategy strategy)
    {
        var report = Simulation.Run(
            static () => TakeTurnsAsync(Yields),
            new SimulationOptions { Strategy = strategy, Records = false, StepLimit = long.MaxValue, WatchThreadPool = false });
        if (report.Failure is { } failure)
        {
            throw new InvalidOperationException(failure.Message);
        }
    }

    private static async Task TakeTurnsAsync(int turns)
    {
        var tasks = new LoopTask[Tasks];
        for (var i = 0; i < Tasks; i++)
        {
            tasks[i] = Asyncio.CreateTask(
                async () =>
                {
                    for (var j = 0; j < turns; j++)
                    {
                        await Asyncio.YieldAsync();
                    }
                },
                "work");
        }

        await Asyncio.GatherAsync<ValueTuple>(tasks);
    }
}

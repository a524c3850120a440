using System.Reflection;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>What one run leaves behind for the next: found by name.</summary>
public sealed class StaticStateTests
{
    [SetUp]
    public void Reset()
    {
        Bank.NextId = 3;
        Bank.Name = "first";
        Bank.Seen.Clear();
        Bank.Desk.Served = 0;
        Bank.Slots[1] = 0;
    }

    [Test]
    public void CounterThatMakesRunsDiffer_IsNamedWithItsValues()
    {
        var report = Campaign.Run(new Scenario("bank", static () =>
        {
            Simulation.Current.Note($"account {Bank.NextId++}");
            return Task.CompletedTask;
        }));
        Assert.That(report.Found!.Failure!.Kind, Is.EqualTo(FailureKind.Nondeterministic));
        Assert.That(report.Found.Failure.Message, Does.EndWith(
            "\nStatic state has changed meanwhile, which the next run should not see:\n"
            + "    static StaticStateTests.Bank.NextId: 4, then 5"));
    }

    [Test]
    public void FlagThatOnlyTheFirstRunSets_IsNamedToo()
    {
        Flags.IsWarm = false;
        var report = Campaign.Run(new Scenario("warm", static async () =>
        {
            if (!Flags.IsWarm)
            {
                Flags.IsWarm = true;
                await Asyncio.YieldAsync();
            }
        }));
        Assert.That(report.Found!.Failure!.Message, Does.EndWith("\n    static StaticStateTests.Flags.IsWarm: False, then True"));
    }

    [Test]
    public void StateThatShowsOnlyLater_IsCaughtByTheFirstRunMadeAgain()
    {
        // All but the first 200 runs take a turn more: neither the repetitions nor the samples see a difference.
        var report = Campaign.Run(
            new Scenario("later", static async () =>
            {
                if (++Bank.NextId > 200)
                {
                    await Asyncio.YieldAsync();
                }

                await Asyncio.YieldAsync();
            }),
            new CampaignOptions { Runs = 300, CheckEvery = 1_000 });
        Assert.That((report.Runs, report.FoundSeed), Is.EqualTo((300, 0L)));
        Assert.That(report.Found!.Failure!.Message, Does.StartWith(
            "NondeterminismException: The first run was made again after 299 others, and is not the same any more. "
            + "The same decisions gave two different runs. They differ for the first time at "));
        Assert.That(report.Found.Failure.Message, Does.Contain("static StaticStateTests.Bank.NextId: 4, then "));
    }

    [Test]
    public void ChangesThatNoTraceShows_AreANote()
    {
        var report = Campaign.Run(new Scenario("quiet", DoAsync), new CampaignOptions { Runs = 20 });
        Assert.That(report.Held, Is.True);
        Assert.That(report.LeakyStatics, Is.EqualTo(new[]
        {
            "StaticStateTests.Bank.Desk.Served", "StaticStateTests.Bank.Name",
            "StaticStateTests.Bank.Seen.Count", "StaticStateTests.Bank.Slots[1]",
        }));
        Assert.That(CampaignText.Of(new CampaignOutcome(report, new CampaignOptions { Runs = 20 }, TimeSpan.Zero), "target"), Does.EndWith(
            "\n  note: a run leaves static state behind for the next, which no trace has shown so far: "
            + string.Join(", ", report.LeakyStatics)));

        static async Task DoAsync()
        {
            await Asyncio.YieldAsync();
            IDesk desk = Bank.Desk;
            desk.Serve();
            Func<Task> change = static () =>
            {
                Bank.Name += ".";
                Bank.Seen.Add(Bank.Name);
                return Task.CompletedTask;
            };
            await change();
            Bank.Slots[1]++;
        }
    }

    [Test]
    public void ScenarioWithoutStatics_LeavesNothing() =>
        Assert.That(Campaign.Run(Races.Turns, new CampaignOptions { Runs = 20 }).LeakyStatics, Is.Empty);

    [Test]
    public void FieldsThatTheCodeComesTo_AreFoundThroughCallsLambdasInterfacesAndAsync()
    {
        var names = ReachableCode.StaticsOf(((Func<Task>)ComeToAllAsync).Method).Select(static field => field.Name);
        Assert.That(names, Is.EquivalentTo(new[] { "ByInterface", "ByLambda", "ByMethod", "InAsync", "<Property>k__BackingField" }));
    }

    [Test]
    public void TypeThatNobodyHasUsed_IsNotInitialised()
    {
        var state = new StaticState(((Func<Task>)UseSleeperAsync).Method);
        state.Take(beforeAll: true);
        Assert.That(Flags.SleeperIsAwake, Is.False);
        state.Take();
        Assert.That(Flags.SleeperIsAwake, Is.True);

        static Task UseSleeperAsync()
        {
            Sleeper.Value++;
            return Task.CompletedTask;
        }
    }

    [Test]
    public void Assertion_OfTheSameValue_IsNoChange()
    {
        var field = typeof(Bank).GetField(nameof(Bank.Name))!;
        Assert.That(Changes(field, "a text", new string("a text".AsSpan())), Is.Empty);
        Assert.That(Changes(field, 1.5m, 1.5m), Is.Empty);
        Assert.That(Changes(field, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), Is.Empty);
        Assert.That(Changes(field, null, null), Is.Empty);
        Assert.That(Changes(field, null, 1), Is.EqualTo(new[] { "static StaticStateTests.Bank.Name: null, then 1" }));
        Assert.That(Changes(field, "one", "two"), Is.EqualTo(new[] { "static StaticStateTests.Bank.Name: \"one\", then \"two\"" }));
        Assert.That(Changes(field, new Desk(), new Desk()), Is.EqualTo(
            new[] { "static StaticStateTests.Bank.Name: a StaticStateTests.Desk, then another StaticStateTests.Desk" }));
        Assert.That(Changes(field, new List<int>(), null), Is.EqualTo(new[] { "static StaticStateTests.Bank.Name: a List`1, then null" }));
    }

    private static IEnumerable<string> Changes(FieldInfo field, object? before, object? after)
    {
        var (first, second) = (new StaticSnapshot(), new StaticSnapshot());
        first.Add(field, before);
        second.Add(field, after);
        return first.ChangesTo(second).Select(static change => change.ToString());
    }

    private static async Task ComeToAllAsync()
    {
        Reached.Call();
        Func<int> lambda = static () => Reached.ByLambda++;
        lambda();
        IReach reach = new Reached();
        reach.Reach();
        await Asyncio.YieldAsync();
        Reached.InAsync++;
        Reached.Property++;
    }

    private interface IDesk
    {
        void Serve();
    }

    private interface IReach
    {
        void Reach();
    }

    private static class Bank
    {
        public static readonly List<string> Seen = [];
        public static readonly Desk Desk = new();
        public static readonly int[] Slots = new int[3];
        public static int NextId = 3;
        public static string Name = "first";
    }

    private static class Flags
    {
        public static bool IsWarm;
        public static bool SleeperIsAwake;
    }

    private static class Sleeper
    {
        public static int Value = Wake();

        private static int Wake()
        {
            Flags.SleeperIsAwake = true;
            return 1;
        }
    }

    private sealed class Desk : IDesk
    {
        public int Served { get; set; }

        public void Serve() => Served++;
    }

    private sealed class Reached : IReach
    {
        public static int ByMethod;
        public static int ByLambda;
        public static int ByInterface;
        public static int InAsync;
        public static int NotReached;

        public static int Property { get; set; }

        public static void Call() => ByMethod++;

        public static void DoNotCall() => NotReached++;

        public void Reach() => ByInterface++;
    }
}

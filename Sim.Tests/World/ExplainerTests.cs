using System.Text.RegularExpressions;
using NUnit.Framework;
using Sim.Core;
using Sim.Scoreboard;
using Sim.World;

namespace Sim.Tests;

/// <summary>An explanation names the steps whose order decides: the true ones, and both orders have been tried.</summary>
public class ExplainerTests
{
    private static readonly SimulationOptions _quick = new() { WatchThreadPool = false, Patience = TimeSpan.Zero };

    // Which two accesses race, found by reading the programs: who, and on what. A lock that guards is taken by both.
    [TestCase("deadlock01", "^(ba#2|ab#3) lock 'b'$|^(ab#2|ba#3) lock 'a'$")]
    [TestCase("twostage", "^(writer-1|reader-1)#. lock 'two'$")]
    [TestCase("stringbuffer", "^(main|eraser)#. lock 'source'$")]
    [TestCase("circular_buffer", "^(sender|receiver)#.+ lock 'gate'$")]
    [TestCase("queue", "^(producer|consumer)#.+ lock 'gate'$")]
    [TestCase("account", "^(checker|depositor|withdrawer)#2 lock 'gate'$")]
    [TestCase("lazy01", "^(one|two|checker)#2 lock 'gate'$")]
    [TestCase("wronglock_3", "^(owner|other-.)#. data$")]
    [TestCase("reorder_3", "^(checker|setter-.)#. [ab]$")]
    [TestCase("carter01", "^(first|second)#. lock '(counting|resource)'$")]
    [TestCase("din_phil_3", "^philosopher-.#.+ lock 'fork-.'$")]
    public void ThePair_IsTheRace(string name, string culprits)
    {
        foreach (var explanation in Failures(name, 3).Select(failing => Explain(name, failing)))
        {
            var pair = explanation.Pair!;
            var (first, second) = (pair.First.Key, pair.Second.Key);
            Assert.That(first.Name, Is.Not.EqualTo(second.Name));
            Assert.That(
                pair.SharedResources.Where(on => Regex.IsMatch($"{first} {on}", culprits) && Regex.IsMatch($"{second} {on}", culprits)),
                Is.Not.Empty,
                $"{first}, {second} on {string.Join(", ", pair.SharedResources)}");
            // Two who add in either order do no harm: it is the one who looks that matters.
            if (culprits.Contains("checker", StringComparison.Ordinal))
            {
                Assert.That((string[])[first.Name, second.Name], Does.Contain("checker"));
            }
        }
    }

    [Test]
    public void TheOrderOfThePair_Decides([ValueSource(nameof(Names))] string name)
    {
        foreach (var failing in Failures(name, 1))
        {
            var explanation = Explain(name, failing);
            var pair = explanation.Pair ?? throw new AssertionException($"{explanation.Choice}, and no pair");
            // Both are made again, by their decisions alone.
            var fails = Repeat(name, explanation.Failing.Report);
            var holds = Repeat(name, explanation.Passing!.Report);
            Assert.That((fails.Report.Passed, holds.Report.Passed), Is.EqualTo((false, true)));
            Assert.That(fails.Order.Take(pair.Place), Is.EqualTo(holds.Order.Take(pair.Place)));
            Assert.That(fails.Order.Skip(pair.Place).Take(2), Is.EqualTo((StepKey[])[pair.First.Key, pair.Second.Key]));
            Assert.That(holds.Order.Skip(pair.Place).Take(2), Is.EqualTo((StepKey[])[pair.Second.Key, pair.First.Key]));
            Assert.That(explanation.Failing.Steps.Select(static step => step.Key), Is.EqualTo(fails.Order));
            Assert.That(explanation.Runs, Is.LessThan(300));
        }
    }

    [Test]
    public void AFailureWithoutASchedule_IsNotTheOrder()
    {
        var explanation = Explain(static async () =>
        {
            await Asyncio.GatherAsync<ValueTuple>(Asyncio.CreateTask(YieldAsync, "a"), Asyncio.CreateTask(YieldAsync, "b"));
            throw new InvalidOperationException("Always.");
        });
        Assert.That(explanation, Has.Property("Passing").Null.And.Property("Pair").Null.And.Property("Choice").Null);
        Assert.That(explanation.Schedules, Is.GreaterThan(20));
        Assert.That(explanation.Failing.Report.Failure!.Message, Does.Contain("Always."));

        static async Task YieldAsync() => await Asyncio.YieldAsync();
    }

    [Test]
    public void ADraw_IsNamed_WithTheNearestValueThatHolds()
    {
        var explanation = Explain(
            static async () =>
            {
                var first = Simulation.Current.Draw("delay", 10);
                await Asyncio.YieldAsync();
                if (first + Simulation.Current.Draw("delay", 10) > 12)
                {
                    throw new InvalidOperationException("Too long.");
                }
            },
            8, 6);
        Assert.That(explanation.Pair, Is.Null);
        Assert.That(explanation.Choice, Is.EqualTo(new DecidingChoice(DecisionKind.Draw, "delay", 2, 5, 4, 2)));
        Assert.That(explanation.Passing!.Report.Passed);
    }

    [Test]
    public void WorkThatIsLate_IsNamed_WithTheNearestDelayThatHolds()
    {
        var explanation = Explain(LateAsync, new Slow("slow", 8));
        Assert.That(explanation.Choice, Is.EqualTo(new DecidingChoice(DecisionKind.Cost, "slow", 1, 6, 5, 2)));
        Assert.That(explanation.Failing.Steps[1].Key, Is.EqualTo(new StepKey("slow", 1)));

        static async Task LateAsync() => await Asyncio.CreateTask(
            static () =>
            {
                BugFoundException.Unless(Asyncio.GetRunningLoop().Time.SinceOrigin < TimeSpan.FromMilliseconds(50), "late");
                return Task.CompletedTask;
            },
            "slow");
    }

    [Test]
    public void AnotherFaceOfTheBug_IsToldFromTheOneToExplain()
    {
        // Whoever comes last is named; that the leader yields at the wrong time is the bug.
        var failing = Failures("din_phil_3", 1).First();
        Assert.That(Explain("din_phil_3", failing).FailsOtherwise, Is.False);
        var explained = Run(Leaders.RunAsync, new RandomStrategy(1548));
        var explanation = Explain(Leaders.RunAsync, new RandomStrategy(1548));
        Assert.That(explanation.Failing.Report.Failure!.Message, Is.Not.EqualTo(explained.Failure!.Message));
        Assert.That((explanation.FailsOtherwise, explanation.Pair?.First.Key.Name), Is.EqualTo((true, "north")));
    }

    [Test]
    public void TheRunToExplain_IsShown_WhereTheSameDecidesThere()
    {
        // What decides is found between runs of another face, and then tried in this one.
        var failing = Run(Leaders.RunAsync, new ListStrategy(Leaders.Failing));
        var explanation = Explain(Leaders.RunAsync, new ListStrategy(Leaders.Failing));
        Assert.That(explanation.Failing.Report.Trace.Hash, Is.EqualTo(failing.Trace.Hash));
        Assert.That(explanation.FailsOtherwise, Is.False);
        var (fails, holds) = (explanation.Failing.Steps, explanation.Passing!.Steps);
        var place = explanation.Pair!.Place;
        Assert.That(holds.Take(place).Select(static step => step.Key), Is.EqualTo(fails.Take(place).Select(static step => step.Key)));
        Assert.That((holds[place].Key, holds[place + 1].Key), Is.EqualTo((fails[place + 1].Key, fails[place].Key)));
        Assert.That(explanation.Passing.Report.Passed);
    }

    [Test]
    public void TimeThatPasses_IsNamed()
    {
        var explanation = ExplainLate(static async () =>
        {
            var sleeper = Asyncio.CreateTask(static () => Asyncio.SleepAsync(TimeSpan.FromSeconds(1)), "sleeper");
            await Asyncio.YieldAsync();
            await Asyncio.YieldAsync();
            BugFoundException.Unless(Asyncio.GetRunningLoop().Time.SinceOrigin == TimeSpan.Zero, "late");
            await sleeper;
        });
        Assert.That(explanation.Pair, Is.Null);
        Assert.That(explanation.Choice, Is.EqualTo(new DecidingChoice(DecisionKind.Time, "time passes", 1, 1, 0, 3)));
        Assert.That(explanation.Passing!.Report.Passed);
    }

    [Test]
    public void ATimerThatBeatsWork_IsThePair()
    {
        var pair = ExplainLate(BugPrograms.NeedTime[0].RunAsync).Pair!;
        Assert.That(pair.First.Sites, Is.Empty);
        Assert.That(pair.Second.Key, Is.EqualTo(new StepKey("client", 2)));
    }

    [Test]
    public void ARunThatDoesNotFailAgain_HasNoExplanation()
    {
        var failed = Run(static () => throw new InvalidOperationException("Once."), new FifoStrategy());
        var explainer = new Explainer(static (strategy, records) => Run(static () => Task.CompletedTask, strategy, records));
        Assert.That(explainer.Explain(failed), Is.Null);
    }

    [Test]
    public void SitesOfThePair_HaveFileAndLine()
    {
        var pair = Explain("deadlock01", Failures("deadlock01", 1).First()).Pair!;
        Assert.That(pair.First.Sites, Has.Count.EqualTo(2));
        Assert.That(pair.First.Sites[0], Does.Match(@"^AcquireAsync \(SteppedLock\.cs:\d+\)$"));
        Assert.That(pair.First.Sites[1], Does.Match(@"^TakeBothAsync \(LockOrder\.cs:\d+\)$"));
    }

    private static IEnumerable<string> Names => BugPrograms.All.Select(static program => program.Name);

    private static IBugProgram Program(string name) => BugPrograms.All.Single(program => program.Name == name);

    private static RunReport Run(Func<Task> body, IStrategy strategy, bool records = true) =>
        Simulation.Run(body, _quick with { Strategy = strategy, Records = records });

    // By several strategies and from several seeds, shrunk.
    private static IEnumerable<RunReport> Failures(string name, int starts)
    {
        var program = Program(name);
        var profile = Trial.Learn(program);
        foreach (var family in (string[])["random", "pct:3", "pos", "surw"])
        {
            for (var start = 1L; start <= starts; start++)
            {
                for (var seed = start << 20; seed < (start << 20) + 500; seed++)
                {
                    var run = Run(program.RunAsync, StrategyFamilies.Parse(family).Create(seed, profile), records: false);
                    if (!run.Passed)
                    {
                        yield return new Shrinker((strategy, records) => Run(program.RunAsync, strategy, records)).Shrink(run);
                        break;
                    }
                }
            }
        }
    }

    private static Explanation Explain(string name, RunReport failing)
    {
        var program = Program(name);
        return new Explainer((strategy, records) => Run(program.RunAsync, strategy, records)).Explain(failing)
            ?? throw new AssertionException("The failure did not repeat.");
    }

    private static Explanation Explain(Func<Task> body, params int[] values) => Explain(body, new ListStrategy(values));

    private static Explanation Explain(Func<Task> body, IStrategy strategy) =>
        new Explainer((strategy, records) => Run(body, strategy, records)).Explain(Run(body, strategy))!;

    private static Explanation ExplainLate(Func<Task> body)
    {
        var failing = new Shrinker((strategy, records) => Run(body, strategy, records)).Shrink(Run(body, new Late()));
        return new Explainer((strategy, records) => Run(body, strategy, records)).Explain(failing)!;
    }

    private static (RunReport Report, List<StepKey> Order) Repeat(string name, RunReport run)
    {
        var listed = new Listed([.. run.Decisions.Select(static decision => decision.Value)]);
        return (Run(Program(name).RunAsync, listed), listed.Order);
    }

    /// <summary>Follows a list and notes the steps.</summary>
    private sealed class Listed(IReadOnlyList<int> values) : IStrategy
    {
        private readonly ListStrategy _list = new(values);

        public List<StepKey> Order { get; } = [];

        public string Name => _list.Name;

        public bool NeedsStepKeys => true;

        public void Begin() => _list.Begin();

        public int Decide(in DecisionPoint point) => _list.Decide(in point);

        public void Took(in DecisionPoint point, int value) => Order.Add(point.StepOf(value));
    }

    /// <summary>One task's steps take time.</summary>
    private sealed class Slow(string task, int cost) : IStrategy
    {
        public string Name => "slow";

        public bool PricesWork => true;

        public void Begin()
        {
        }

        public int Decide(in DecisionPoint point) => point.Kind == DecisionKind.Cost && point.LabelOf(0) == task ? cost : 0;
    }

    /// <summary>North opens if it leads, and then south takes over; east sends south away. Two messages, one bug.</summary>
    private static class Leaders
    {
        public static IReadOnlyList<int> Failing { get; } = [0, 0, 0, 0, 2, 2, 2, 2];

        public static async Task RunAsync()
        {
            var (isOpen, leader) = (false, "");
            LoopTask[] tasks =
            [
                Asyncio.CreateTask(
                    async () =>
                    {
                        await YieldAsync(3);
                        leader = "north";
                        await YieldAsync(2);
                        isOpen = true;
                        await YieldAsync(1);
                        BugFoundException.Unless(leader == "north", $"North acts, but {leader} leads.");
                        isOpen = false;
                    },
                    "north"),
                Asyncio.CreateTask(
                    async () =>
                    {
                        await YieldAsync(1);
                        leader = isOpen ? "south" : leader;
                    },
                    "south"),
                Asyncio.CreateTask(
                    async () =>
                    {
                        await YieldAsync(2);
                        leader = leader == "south" ? "nobody" : leader;
                    },
                    "east"),
            ];
            foreach (var task in tasks)
            {
                await task;
            }
        }

        private static async Task YieldAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                await Asyncio.YieldAsync();
            }
        }
    }

    /// <summary>Time passes as soon as there is a timer, once.</summary>
    private sealed class Late : IStrategy
    {
        private int _passages;

        public string Name => "late";

        public void Begin() => _passages = 0;

        public int Decide(in DecisionPoint point) => point.Kind == DecisionKind.Time && _passages++ == 0 ? 1 : 0;
    }
}

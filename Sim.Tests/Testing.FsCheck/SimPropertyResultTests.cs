using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Samples;
using Sim.Core;
using Sim.Testing.FsCheck;

namespace Sim.Tests;

public sealed class SimPropertyResultTests
{
    [Test]
    public Task Failure_TellsDataAndSchedule()
    {
        var result = PropertyBench.Run<Laws>(nameof(Laws.MoneyStays));

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Error));
        return Verify(CodePlaces.Without(result.Message!));
    }

    [Test]
    public Task Faults_AreShrunkWithTheData()
    {
        var result = PropertyBench.Run<Laws>(nameof(Laws.ChargedOnce));

        return Verify(CodePlaces.Without(result.Message!));
    }

    [Test]
    public void ReplayLineOfTheText_MakesTheSameDataAndTheSameTrace()
    {
        var found = PropertyBench.Run<Laws>(nameof(Laws.MoneyStays));
        var line = found.Message!.Split("-e SIM_REPLAY=")[1].Split(' ')[0];
        var data = found.Message.Split("The data:\n")[1].Split("\nshrunk from")[0];

        using var _ = new EnvironmentOverride("SIM_REPLAY", line);
        var replayed = PropertyBench.Run<Laws>(nameof(Laws.MoneyStays), new SimPropertyAttribute());

        Assert.That(replayed.ResultState, Is.EqualTo(ResultState.Error));
        Assert.That(replayed.Message, Does.Contain("The run is the recorded one, event for event.").And.Contain(line).And.Contain(data));
    }

    [Test]
    public void ReplayStringOfFsCheck_DrawsTheFailureAtOnce()
    {
        var found = PropertyBench.Run<Laws>(nameof(Laws.MoneyStays));
        var replay = found.Message!.Split("Replay = \"")[1].Split('"')[0];

        var again = PropertyBench.Run<Laws>(nameof(Laws.MoneyStays), new SimPropertyAttribute { Replay = replay, MaxTest = 1 });

        Assert.That(WithoutTitle(again), Is.EqualTo(WithoutTitle(found)));
        static string WithoutTitle(ITestResult result) => result.Message![result.Message!.IndexOf('\n', StringComparison.Ordinal)..];
    }

    [TestCase("nonsense", "'nonsense' is not a replay line:")]
    [TestCase("other@2::held:0123456789abcdef", "SIM_REPLAY holds a replay line of 'other', and this is")]
    [TestCase("Sim.Tests.SimPropertyResultTests+Laws.MoneyStays-data.1.1.1.99@2::held:0123456789abcdef", "cannot be made again")]
    public void AReplayLineThatDoesNotFit_IsAnError(string line, string words)
    {
        using var _ = new EnvironmentOverride("SIM_REPLAY", line);

        var result = PropertyBench.Run<Laws>(nameof(Laws.MoneyStays));

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Error));
        Assert.That(result.Message, Does.Contain(words));
    }

    [Test]
    public void BugThatMustBeFound_AndIsNot_Fails()
    {
        var attribute = new SimPropertyAttribute { MustFail = "a bug", MaxTest = 3, Schedules = 2 };
        var result = PropertyBench.Run<Laws>(nameof(Laws.Holds), attribute);

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Failure));
        Assert.That(result.Message, Does.Contain("must fail (a bug), but held for 3 samples in 6 runs"));
    }

    [Test]
    public void PropertyThatDiscardsAll_IsExhausted()
    {
        var result = PropertyBench.Run<Laws>(nameof(Laws.NeverAsked));

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Failure));
        Assert.That(result.Message, Does.Contain("has discarded most of its samples: none met its conditions."));
    }

    [Test]
    public void PropertyThatReturnsFalse_SaysSo_WithTheSmallestData()
    {
        var result = PropertyBench.Run<Laws>(nameof(Laws.BelowTen));

        Assert.That(result.Message, Does.Contain("The property returned false.").And.Contain("number = 10\n"));
    }

    [Test]
    public void LabelsOfAProperty_AreTold()
    {
        var result = PropertyBench.Run<Laws>(nameof(Laws.Labelled));

        Assert.That(result.Message, Does.Contain("The property does not hold: too large.").And.Contain("number = 10\n"));
    }

    [Test]
    public void FailedAssertion_IsAFailure_ToldOnce()
    {
        var result = PropertyBench.Run<Laws>(nameof(Laws.Asserted));

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Failure));
        Assert.That(result.Message, Does.Contain("  Expected: less than 10\n").And.Contain("number = 10\n"));
        Assert.That(result.Message, Does.Not.Contain("Multiple failures"));
    }

    [Test]
    public void DataThatTheBodyChanges_AreNondeterminism()
    {
        var result = PropertyBench.Run<Laws>(nameof(Laws.Spends));

        Assert.That(result.Message, Does.Contain("NondeterminismException"));
    }

    [Test]
    public void ABodyThatAsksTheMachine_IsNondeterministic()
    {
        var result = PropertyBench.Run<Laws>(nameof(Laws.Smuggles));

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Error));
        Assert.That(result.Message, Does.Contain("NondeterminismException").And.Contain("It cannot be replayed"));
    }

    [Test]
    public void ABodyThatNeverEnds_IsShrunkWithinItsBudget()
    {
        var attribute = new SimPropertyAttribute { Replay = PropertyBench.Replay, StepLimit = 500 };
        var result = PropertyBench.Run<Laws>(nameof(Laws.Spins), attribute);

        Assert.That(result.Message, Does.Contain("RunLimitException").And.Contain("numbers = [1, 1, 1]\n"));
    }

    [Test]
    public void ErrorOfACallThatNobodyAwaits_IsFound_AndReplayed()
    {
        var found = PropertyBench.Run<Laws>(nameof(Laws.Forgets));
        var line = found.Message!.Split("-e SIM_REPLAY=")[1].Split(' ')[0];
        Assert.That(found.Message, Does.Contain("LostErrorException: InvalidOperationException: Nobody hears this."));
        Assert.That(found.Message, Does.Contain("number = "));

        using var _ = new EnvironmentOverride("SIM_REPLAY", line);
        var replayed = PropertyBench.Run<Laws>(nameof(Laws.Forgets), new SimPropertyAttribute());

        Assert.That(replayed.Message, Does.Contain("Nobody hears this."));
    }

    [Test]
    public Task Machine_IsReplayedByItsLine()
    {
        var found = PropertyBench.Run<Laws>(nameof(Laws.Register));
        var line = found.Message!.Split("-e SIM_REPLAY=")[1].Split(' ')[0];
        using var _ = new EnvironmentOverride("SIM_REPLAY", line);

        return Verify(PropertyBench.Run<Laws>(nameof(Laws.Register), new SimPropertyAttribute()).Message!);
    }

    [TestCase(nameof(Laws.ReturnsAnInt), "returns Int32: a property returns nothing, bool, Property, a task of one of them, or a machine.")]
    [TestCase(nameof(Laws.RegisterWithData), "returns a machine, so it takes no parameters")]
    [TestCase(nameof(Laws.NothingToDraw), "takes no parameters, so there is nothing to draw")]
    [TestCase(nameof(Laws.NobodyWaits), "it is async void, and nobody can await its end")]
    [TestCase(nameof(Laws.DrawsAStream), "FsCheck cannot draw the parameter data of type Stream: set Arbitrary")]
    [TestCase(nameof(Laws.OnceMore), "[Retry] means nothing beside [SimProperty]")]
    [TestCase(nameof(Laws.WithACase), "[SimProperty] draws the arguments itself")]
    public void MethodOfTheWrongForm_IsRefused(string method, string words)
    {
        var result = PropertyBench.Run<Laws>(method);

        Assert.That(result.ResultState.Status, Is.EqualTo(TestStatus.Failed));
        Assert.That(result.Message, Does.Contain(words));
    }

    [TestCase("(1,2)")]
    [TestCase("one")]
    public void SenselessReplay_IsRefused(string replay)
    {
        var result = PropertyBench.Run<Laws>(nameof(Laws.Holds), new SimPropertyAttribute { Replay = replay });

        Assert.That(
            result.Message,
            Is.EqualTo($"[SimProperty] Holds: Replay is '{replay}', "
                + "but must be FsCheck's (seed,gamma,size) or (seed,gamma), with an odd gamma."));
    }

    [Test]
    public void SenselessSettings_AreToldWhenTestsAreDiscovered()
    {
        string Reason(SimPropertyAttribute attribute) => PropertyBench.Run<Laws>(nameof(Laws.Holds), attribute).Message!;

        Assert.That(Reason(new() { MaxTest = 0 }), Is.EqualTo("[SimProperty] Holds: MaxTest is 0, but must be at least 1."));
        Assert.That(Reason(new() { Strategy = "portfoli" }), Does.Contain("which is none. Did you mean 'portfolio'?"));
        Assert.That(Reason(new() { TimeLimit = "1 week" }), Does.Contain("TimeLimit is '1 week', but must be a whole number and a unit"));
        Assert.That(Reason(new() { Arbitrary = [typeof(string)] }), Does.Contain("Arbitrary names String, which makes none"));
    }

    [Test]
    public void TheTimeLimit_IsThatOfEachRun()
    {
        var attribute = new SimPropertyAttribute { TimeLimit = "1s", Replay = PropertyBench.Replay };
        var result = PropertyBench.Run<Laws>(nameof(Laws.Waits), attribute);

        Assert.That(result.Message, Does.Contain("more than 1.000s of virtual time").And.Contain("The data:\n  seconds = 1\n"));
    }

    [Test]
    public void APropertyWithoutARunThatCounts_IsInconclusive() => Assert.That(
        PropertyBench.Run<Laws>(nameof(Laws.AssumesTooMuch)).ResultState, Is.EqualTo(ResultState.Inconclusive));

    [Test]
    public void FailedProperty_LeavesTraceReplayAndTimeline()
    {
        var result = PropertyBench.Run<Laws>(nameof(Laws.MoneyStays));

        Assert.That(
            result.TestAttachments.Select(static file => Path.GetFileName(file.FilePath).Split("MoneyStays")[1][9..]),
            Is.EqualTo(new[] { ".trace.txt", ".replay.txt", ".timeline.html" }));
        var replay = File.ReadAllText(result.TestAttachments.ElementAt(1).FilePath);
        Assert.That(replay, Does.Contain("dotnet test -e SIM_REPLAY=").And.Contain("[SimProperty(Replay = "));
        Assert.That(replay, Does.Not.Contain("[SimReplay("));
    }

    /// <summary>No fixture of the suite: its methods carry no attribute that makes a test.</summary>
    private sealed class Laws
    {
        public async Task NothingToDraw() => await Asyncio.YieldAsync();

        public async void NobodyWaits(int number) => await Asyncio.YieldAsync();

        public async Task DrawsAStream(Stream data) => await Asyncio.YieldAsync();

        [Retry(2)]
        public async Task OnceMore(int number) => await Asyncio.YieldAsync();

        [Cases]
        public async Task WithACase(int number) => await Asyncio.YieldAsync();

        public async Task Waits(byte seconds) => await Asyncio.SleepAsync(TimeSpan.FromSeconds(seconds));

        public async Task AssumesTooMuch(byte number)
        {
            await Asyncio.YieldAsync();
            Assume.That(number, Is.EqualTo(-1));
        }

        public async Task MoneyStays(PositiveInt[] amounts)
        {
            var balance = 0;
            await Asyncio.GatherAsync(amounts.Select((amount, i) => Asyncio.CreateTask(() => PayInAsync(amount.Get, i), $"payer-{i}")));
            var paid = amounts.Sum(static amount => amount.Get);
            InvariantBrokenException.ThrowUnless(balance == paid, $"{paid} were paid in, and {balance} are there.");

            async Task PayInAsync(int amount, int hops)
            {
                for (var hop = 0; hop < 2 * hops; hop++)
                {
                    await Asyncio.YieldAsync();
                }

                var seen = balance;
                await Asyncio.YieldAsync();
                balance = seen + amount;
            }
        }

        public async Task ChargedOnce(PositiveInt amount, FaultPlan faults)
        {
            var charges = 0;
            for (var attempt = 1; attempt <= 3; attempt++)
            {
                try
                {
                    await faults.AtAsync("charge");
                    charges++;
                    await faults.AtAsync("confirm");
                    break;
                }
                catch (PlannedFaultException)
                {
                    Asyncio.GetRunningLoop().Note($"{amount.Get} once more");
                }
            }

            InvariantBrokenException.ThrowUnless(charges <= 1, $"Charged {charges} times.");
        }

        public async Task Holds(int number)
        {
            await Asyncio.YieldAsync();
            _ = number;
        }

        public async Task<Property> NeverAsked(int number)
        {
            await Asyncio.YieldAsync();
            return true.When(number > int.MaxValue - 1);
        }

        public async Task<bool> BelowTen(int number)
        {
            await Asyncio.YieldAsync();
            return number < 10;
        }

        public Property Labelled(int number) => (number < 10).Label("too large");

        public async Task Asserted(int number)
        {
            await Asyncio.YieldAsync();
            Assert.That(number, Is.LessThan(10));
        }

        public void Spends(List<int> purse)
        {
            var was = purse.Count;
            purse.Clear();
            InvariantBrokenException.ThrowUnless(was == 0, "There was something in it.");
        }

        public async Task Smuggles(int number)
        {
            _ = number;
            Asyncio.GetRunningLoop().Note($"{Guid.NewGuid()}");
            await Asyncio.YieldAsync();
        }

        public async Task Spins(PositiveInt[] numbers)
        {
            while (numbers.Length > 2)
            {
                await Asyncio.YieldAsync();
            }
        }

        public async Task Forgets(int number)
        {
            var isLate = false;
            var other = Asyncio.CreateTask(LookAsync, "other");
            await Asyncio.YieldAsync();
            isLate = true;
            await other;

            async Task LookAsync()
            {
                await Asyncio.YieldAsync();
                _ = number > 5 && !isLate ? FailAsync() : Task.CompletedTask;
            }

            static async Task FailAsync()
            {
                await Task.Yield();
                throw new InvalidOperationException("Nobody hears this.");
            }
        }

        public Machine<IRegister, int> Register() => SampleMachines.Register(() => new RacyRegister());

        public Machine<IRegister, int> RegisterWithData(int number) => Register() with { Tasks = number };

        public int ReturnsAnInt() => 1;
    }

    /// <summary>Builds cases, as [TestCase] does, and makes no fixture of the class that it stands in.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class CasesAttribute : Attribute, ITestBuilder
    {
        public IEnumerable<TestMethod> BuildFrom(IMethodInfo method, Test? suite) => [];
    }
}

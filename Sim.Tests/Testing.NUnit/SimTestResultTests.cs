using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Sim.Core;
using Sim.Testing.NUnit;

namespace Sim.Tests;

[TestFixture]
public sealed class SimTestResultTests
{
    [Test]
    public Task FailingSchedule_IsExplained()
    {
        var result = Bench.Run<Racy>(nameof(Racy.LostUpdate), new SimTestAttribute { Runs = 100 });

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Failure));
        return Verify(CodePlaces.Without(result.Message!));
    }

    [Test]
    public void ReplayLineOfTheText_GivesTheSameTrace()
    {
        var found = Bench.Run<Racy>(nameof(Racy.LostUpdate), new SimTestAttribute { Runs = 100 });
        var line = found.Message!.Split("-e SIM_REPLAY=")[1].Split(' ')[0];

        using var _ = new EnvironmentOverride("SIM_REPLAY", line);
        var replayed = Bench.Run<Racy>(nameof(Racy.LostUpdate));

        Assert.That(replayed.ResultState, Is.EqualTo(ResultState.Failure));
        Assert.That(replayed.Message, Does.Contain("The run is the recorded one, event for event.").And.Contain(line));
    }

    [Test]
    public void ReplayLineOfAnotherTest_IsAnError_OfAnotherCaseIsNone()
    {
        var found = Bench.Run<Racy>(nameof(Racy.LostUpdate), new SimTestAttribute { Runs = 100 });
        var line = found.Message!.Split("-e SIM_REPLAY=")[1].Split(' ')[0];

        using var _ = new EnvironmentOverride("SIM_REPLAY", line);
        Assert.That(Bench.Run<Racy>(nameof(Racy.Talks)).ResultState, Is.EqualTo(ResultState.Error));
        Assert.That(Bench.Run<Racy>(nameof(Racy.LostUpdateAgain)).ResultState, Is.EqualTo(ResultState.Skipped));
    }

    [Test]
    public void ResultThatIsNotTheExpectedOne_Fails()
    {
        var result = Bench.RunCase<Racy>(nameof(Racy.Doubles), new NUnit.Framework.TestCaseData(2) { ExpectedResult = 5 });

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Failure));
        Assert.That(result.Message, Does.Contain("AssertionException: The test returns something else than its case expects."));
        Assert.That(result.Message, Does.Contain("Expected: 5").And.Contain("But was:  4"));
    }

    [Test]
    public void MalformedReplayLine_IsAnError()
    {
        using var _ = new EnvironmentOverride("SIM_REPLAY", "nonsense");

        var result = Bench.Run<Racy>(nameof(Racy.LostUpdate));

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Error));
        Assert.That(result.Message, Does.StartWith("'nonsense' is not a replay line:"));
    }

    [Test]
    public void BugThatMustBeFound_AndIsNot_Fails()
    {
        var result = Bench.Run<Racy>(nameof(Racy.LostUpdate), new SimTestAttribute { Runs = 1, MustFail = "lost update" });

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Failure));
        Assert.That(result.Message, Does.Contain("must fail (lost update), but held in 1 run."));
    }

    [Test]
    public void MoreSchedulesThanRuns_AreNotSoldAsAll()
    {
        var result = Bench.Run<Racy>(nameof(Racy.Counts), new SimTestAttribute { Exhaustive = true, Runs = 3 });

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Failure));
        Assert.That(result.Message, Does.Contain("Counts is not fully explored: there are more schedules than the 3 runs"));
        Assert.That(
            Bench.Run<Racy>(nameof(Racy.Counts), new SimTestAttribute { Exhaustive = true }).ResultState, Is.EqualTo(ResultState.Success));
    }

    [Test]
    public void WhoeverStopsTheTests_StopsTheCampaign()
    {
        var result = Bench.Run<Racy>(nameof(Racy.StopsAllTests), new SimTestAttribute { Runs = 1_000_000 });

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Cancelled));
        Assert.That(result.Message, Does.Contain("was stopped after").And.Contain("nothing is decided"));
    }

    [Test]
    public void SmuggledGuid_IsCaughtWithTheFirstDifferingEvent()
    {
        var result = Bench.Run<Racy>(nameof(Racy.SmuggledGuid), new SimTestAttribute { Runs = 20 });

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Error));
        Assert.That(result.Message, Does.Contain("They differ for the first time at event").And.Contain("Guid.NewGuid"));
    }

    [Test]
    public void OutputOfTheFirstRun_IsShownOnce()
    {
        var result = Bench.Run<Racy>(nameof(Racy.Talks), new SimTestAttribute { Runs = 10 });

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Success));
        Assert.That(result.Output.Split("hello"), Has.Length.EqualTo(2));
    }

    [TestCase(nameof(Racy.Returns))]
    public void MethodThatIsNotAsync_IsRefused(string method)
    {
        var result = Bench.Run<Racy>(method);

        Assert.That(result.ResultState.Status, Is.EqualTo(TestStatus.Failed));
        Assert.That(
            result.Message, Does.Contain("returns Void, so it cannot run in a simulation: make it async, and return Task or ValueTask."));
    }

    [Test]
    public void SenselessRuns_AreRefused()
    {
        var result = Bench.Run<Racy>(nameof(Racy.Talks), new SimTestAttribute { Runs = 0 });

        Assert.That(result.Message, Is.EqualTo("[SimTest] Talks: Runs is 0, but must be at least 1."));
    }

    /// <summary>No fixture of the suite: its methods carry no attribute.</summary>
    private sealed class Racy
    {
        private int _count;

        public async Task LostUpdate()
        {
            await Asyncio.GatherAsync(
                Asyncio.CreateTask(() => AddAsync(0), "early"),
                Asyncio.CreateTask(() => AddAsync(2), "late"));

            Assert.That(_count, Is.EqualTo(2));
        }

        public Task LostUpdateAgain() => LostUpdate();

        public async Task<int> Doubles(int number)
        {
            await Asyncio.YieldAsync();
            return number * 2;
        }

        public async Task Counts()
        {
            await Asyncio.GatherAsync(Asyncio.CreateTask(() => AddAsync(1), "early"), Asyncio.CreateTask(() => AddAsync(2), "late"));
            Assert.That(_count, Is.InRange(1, 2));
        }

        public async Task StopsAllTests()
        {
            await Asyncio.YieldAsync();
            TestExecutionContext.CurrentContext.ExecutionStatus = TestExecutionStatus.StopRequested;
        }

        public async Task SmuggledGuid()
        {
            if (Guid.NewGuid().ToByteArray()[0] % 2 == 0)
            {
                await Asyncio.YieldAsync();
            }

            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
        }

        public async Task Talks()
        {
            await Asyncio.YieldAsync();
            TestContext.Out.WriteLine("hello");
        }

        public void Returns()
        {
        }

        private async Task AddAsync(int turnsBefore)
        {
            for (var turn = 0; turn < turnsBefore; turn++)
            {
                await Asyncio.YieldAsync();
            }

            var seen = _count;
            EventLoop.Running!.Note($"reads {seen}");
            await Asyncio.YieldAsync();
            _count = seen + 1;
            EventLoop.Running!.Note($"writes {seen + 1}");
        }
    }
}

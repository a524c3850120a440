using NUnit.Framework;
using NUnit.Framework.Interfaces;
using Sim.Core;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

/// <summary>What NUnit's ways to say something come to when a test is many runs.</summary>
public class RunIsolationTests
{
    private static readonly SimTestAttribute _many = new() { Runs = 40 };

    [Test]
    public void Pass_EndsTheRun_AndTheTestHolds() =>
        Assert.That(Bench.Run<Talking>(nameof(Talking.Passes), _many).ResultState, Is.EqualTo(ResultState.Success));

    [Test]
    public void AssumptionThatNoRunMeets_MakesTheTestInconclusive()
    {
        var result = Bench.Run<Talking>(nameof(Talking.AssumesTooMuch), _many);

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Inconclusive));
        Assert.That(result.Message, Does.Contain("one is two"));
    }

    [Test]
    public void RunsThatDoNotMeetTheAssumption_DoNotCount()
    {
        var result = Bench.Run<Talking>(nameof(Talking.AssumesAnOrder), _many);

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Success));
        Assert.That(result.Output, Does.Contain("Some runs do not count, because they ended with:").And.Contain("first is first"));
    }

    [Test]
    public void IgnoringInside_IgnoresTheTest()
    {
        var result = Bench.Run<Talking>(nameof(Talking.SaysNotHere), _many);

        Assert.That((result.ResultState, result.Message), Is.EqualTo((ResultState.Ignored, "not here")));
    }

    [Test]
    public void Warnings_AreThoseOfOneRun()
    {
        var result = Bench.Run<Talking>(nameof(Talking.Warns), _many);

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Warning));
        Assert.That(result.AssertionResults, Has.Count.EqualTo(1));
        Assert.That(result.Message, Does.Contain("careful"));
    }

    [Test]
    public void AllFailuresOfAMultipleScope_AreTold_WithoutPathsOfThisMachine()
    {
        var result = Bench.Run<Talking>(nameof(Talking.FailsTwice), _many);

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Failure));
        Assert.That(result.Message, Does.Contain("2 assertions failed:").And.Contain("  1. Assert.That(1, Is.EqualTo(2))"));
        Assert.That(result.Message, Does.Not.Contain(nameof(RunIsolationTests) + ".cs"));
        Assert.That(result.StackTrace, Does.Contain(nameof(Talking.FailsTwice)));
    }

    [Test]
    public void FailedAssertionWhoseExceptionIsCaught_HasFailed()
    {
        var result = Bench.Run<Talking>(nameof(Talking.Swallows), _many);

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Failure));
        Assert.That(result.Message, Does.Contain("MultipleAssertionException: Assert.That(1, Is.EqualTo(2))"));
    }

    [Test]
    public void AssertionsAboutExceptions_AwaitInsideTheSimulation() =>
        Assert.That(Bench.Run<Talking>(nameof(Talking.ExpectsErrors), _many).ResultState, Is.EqualTo(ResultState.Success));

    [Test]
    public void AssertionsOfOneRun_DoNotCountForAnother()
    {
        var result = Bench.Run<Talking>(nameof(Talking.FailsInSomeOrder), _many);

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Failure));
        Assert.That(result.Message, Does.Not.Contain("assertions failed"));
    }

    [Test]
    public void OutputAndAttachments_AreThoseOfTheRunThatIsTold()
    {
        var result = Bench.Run<Talking>(nameof(Talking.FailsInSomeOrder), _many);

        Assert.That(result.Output.Trim(), Is.EqualTo("second is first"));
        Assert.That(result.TestAttachments.Select(static attachment => attachment.Description), Does.Contain("by the test itself"));
    }

    [Test]
    public void StackTrace_IsThatOfTheTest_WithoutTheHarness()
    {
        var result = Bench.Run<Talking>(nameof(Talking.FailsInSomeOrder), _many);

        Assert.That(result.StackTrace, Does.Contain(nameof(Talking.FailsInSomeOrder)));
        Assert.That(result.StackTrace, Does.Not.Contain("Sim.World.").And.Not.Contain("Sim.Testing."));
    }

    [Test]
    public void Context_TellsTheTest_AndDrawsTheSameInEveryRun()
    {
        Talking.Drawn.Clear();
        var result = Bench.Run<Talking>(nameof(Talking.Draws), _many);

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Success), result.Message);
        Assert.That(Talking.Drawn.Distinct().ToList(), Is.EqualTo(new[] { 303_041_826 }), "Also in every process.");
    }

    /// <summary>No fixture of the suite: its methods carry no attribute.</summary>
    private sealed class Talking
    {
        public static List<int> Drawn { get; } = [];

        public async Task Passes()
        {
            await Asyncio.YieldAsync();
            Assert.Pass("fine");
        }

        public async Task AssumesTooMuch()
        {
            await Asyncio.YieldAsync();
            Assume.That(1, Is.EqualTo(2), "one is two");
        }

        public async Task AssumesAnOrder() => Assume.That(await FirstAsync(), Is.EqualTo("first"), "first is first");

        public async Task SaysNotHere()
        {
            await Asyncio.YieldAsync();
            throw new IgnoreException("not here");
        }

        public async Task Warns()
        {
            await Asyncio.YieldAsync();
            Assert.Warn("careful");
        }

        public async Task FailsTwice()
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(1, Is.EqualTo(2));
                await Asyncio.YieldAsync();
                Assert.That(1, Is.EqualTo(3));
            }
        }

        public async Task Swallows()
        {
            try
            {
                Assert.That(1, Is.EqualTo(2));
            }
            catch (AssertionException)
            {
                await Asyncio.YieldAsync();
            }
        }

        public async Task ExpectsErrors()
        {
            await Assert.ThrowsAsync<InvalidOperationException>(FailAsync);
            await Assert.ThatAsync(FailAsync, Throws.InvalidOperationException);
            await Assert.ThatAsync(FirstAsync, Is.Not.Empty);
            await Assert.MultipleAsync(async () => Assert.That(await FirstAsync(), Is.Not.Empty));
        }

        public async Task FailsInSomeOrder()
        {
            var first = await FirstAsync();
            TestContext.Out.WriteLine($"{first} is first");
            TestContext.AddTestAttachment(typeof(RunIsolationTests).Assembly.Location, "by the test itself");
            Assert.That(first, Is.EqualTo("first"));
        }

        public async Task Draws()
        {
            await Asyncio.YieldAsync();
            Drawn.Add(TestContext.CurrentContext.Random.Next());
            Assert.That(TestContext.CurrentContext.Test.Name, Is.EqualTo(nameof(Draws)));
            Assert.That(TestContext.CurrentContext.WorkDirectory, Is.Not.Empty);
        }

        private static async Task FailAsync()
        {
            await Asyncio.SleepAsync(TimeSpan.FromHours(1));
            throw new InvalidOperationException("Wrong.");
        }

        private static async Task<string> FirstAsync()
        {
            var order = new List<string>();
            await Asyncio.GatherAsync(
                Asyncio.CreateTask(() => ArriveAsync(order, "first"), "first"),
                Asyncio.CreateTask(() => ArriveAsync(order, "second"), "second"));
            return order[0];
        }

        private static async Task ArriveAsync(List<string> order, string name)
        {
            await Asyncio.YieldAsync();
            order.Add(name);
            Simulation.Current.Note(name);
        }
    }
}

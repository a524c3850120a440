using NUnit.Framework;
using NUnit.Framework.Interfaces;
using Sim.Core;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

public class FixtureRunTests
{
    [Test]
    public void EveryRun_HasANewFixture()
    {
        var result = Bench.Run<Collecting>(nameof(Collecting.CollectsOne), new SimTestAttribute { Runs = 20 });

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Success));
    }

    [Test]
    public void FixtureOfARun_IsDisposedInsideTheSimulation()
    {
        Collecting.Disposed.Clear();

        Bench.Run<Collecting>(nameof(Collecting.CollectsOne), new SimTestAttribute { Runs = 3 });

        Assert.That(Collecting.Disposed, Has.Count.GreaterThanOrEqualTo(3).And.All.EqualTo("at 60.000s"));
    }

    [Test]
    public void FixtureWithAOneTimeSetUp_IsCopiedAsThatHasLeftIt()
    {
        var prepared = new Prepared { Port = 80 };

        var result = Bench.Run(prepared, nameof(Prepared.CountsUp), new SimTestAttribute { Runs = 20 });

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Success));
        Assert.That(prepared.Port, Is.EqualTo(80));
    }

    [Test]
    public void SetUps_RunFromTheBase_TearDownsToTheBase()
    {
        Derived.Story.Clear();

        Bench.Run<Derived>(nameof(Derived.Acts), new SimTestAttribute());

        Assert.That(string.Join(' ', Derived.Story.Take(5)), Is.EqualTo("base-up derived-up test derived-down base-down"));
    }

    [Test]
    public void SetUpThatFails_EndsTheTest_AndIsTornDownAsFarAsItCame()
    {
        Derived.Story.Clear();

        var result = Bench.Run<DerivedOfBroken>(nameof(DerivedOfBroken.Acts), new SimTestAttribute());

        Assert.That(result.ResultState, Is.EqualTo(ResultState.SetUpError));
        Assert.That(result.Message, Does.Contain(
            "SetUpException: The set-up OpenAsync failed, and the test did not begin.\n  IOException: The port is taken."));
        Assert.That(string.Join(' ', Derived.Story.Take(2)), Is.EqualTo("broken-up broken-down"));
        Assert.That(Derived.Story, Does.Not.Contain("test"));
    }

    [Test]
    public void AssertionThatFailsInASetUp_IsAFailureOfTheSetUp() =>
        Assert.That(Bench.Run<Doubting>(nameof(Doubting.Acts), new SimTestAttribute()).ResultState, Is.EqualTo(ResultState.SetUpFailure));

    [Test]
    public void TearDownThatFailsAfterATestThatHeld_IsTheFailure()
    {
        var result = Bench.Run<Leaving>(nameof(Leaving.Holds), new SimTestAttribute());

        Assert.That(result.ResultState, Is.EqualTo(ResultState.TearDownError));
        Assert.That(result.Message, Does.Contain(
            "The test itself held, and then the tear-down CloseAsync failed.\n  IOException: The port is stuck."));
    }

    [Test]
    public void TearDownThatFailsAfterATestThatFailed_IsToldInTheTrace()
    {
        var result = Bench.Run<Leaving>(nameof(Leaving.Fails), new SimTestAttribute());

        Assert.That(result.ResultState, Is.EqualTo(ResultState.Error));
        Assert.That(result.Message, Does.Contain("ArithmeticException: Wrong."));
        Assert.That(result.Message, Does.Contain("\"the tear-down CloseAsync fails too: IOException: The port is stuck.\""));
    }

    [TestCase(nameof(Leaving.Holds), TestStatus.Passed)]
    [TestCase(nameof(Leaving.Fails), TestStatus.Failed)]
    public void TearDown_KnowsWhatBecameOfTheTest(string method, TestStatus status)
    {
        Leaving.Seen.Clear();

        Bench.Run<Leaving>(method, new SimTestAttribute());

        Assert.That(Leaving.Seen, Is.Not.Empty.And.All.EqualTo(status));
    }

    /// <summary>No fixtures of the suite: their methods carry no attribute of a test.</summary>
    private sealed class Collecting : IAsyncDisposable
    {
        private readonly List<int> _items = [];

        public static List<string> Disposed { get; } = [];

        public async Task CollectsOne()
        {
            await Asyncio.SleepAsync(TimeSpan.FromMinutes(1));
            _items.Add(1);
            Assert.That(_items, Has.Count.EqualTo(1));
        }

        public async ValueTask DisposeAsync()
        {
            await Asyncio.YieldAsync();
            Disposed.Add($"at {Simulation.Current.Loop.Time}");
        }
    }

    private sealed class Prepared
    {
        public int Port { get; set; }

        [OneTimeSetUp]
        public void Open() => Port = 80;

        public async Task CountsUp()
        {
            await Asyncio.YieldAsync();
            Port++;
            Assert.That(Port, Is.EqualTo(81));
        }
    }

    private class Base
    {
        public static List<string> Story { get; } = [];

        [SetUp]
        public async Task BaseUp()
        {
            await Asyncio.YieldAsync();
            Story.Add("base-up");
        }

        [TearDown]
        public async ValueTask BaseDown()
        {
            await Asyncio.YieldAsync();
            Story.Add("base-down");
        }
    }

    private sealed class Derived : Base
    {
        [SetUp]
        public void DerivedUp() => Story.Add("derived-up");

        [TearDown]
        public void DerivedDown() => Story.Add("derived-down");

        public async Task Acts()
        {
            await Asyncio.YieldAsync();
            Story.Add("test");
        }
    }

    private class Broken
    {
        [SetUp]
        public async Task OpenAsync()
        {
            Derived.Story.Add("broken-up");
            await Asyncio.YieldAsync();
            throw new IOException("The port is taken.");
        }

        [TearDown]
        public void Close() => Derived.Story.Add("broken-down");
    }

    private sealed class DerivedOfBroken : Broken
    {
        [TearDown]
        public void CloseMore() => Derived.Story.Add("more-down");

        public async Task Acts()
        {
            await Asyncio.YieldAsync();
            Derived.Story.Add("test");
        }
    }

    private sealed class Doubting
    {
        [SetUp]
        public void Doubt() => Assert.That(1, Is.EqualTo(2));

        public async Task Acts() => await Asyncio.YieldAsync();
    }

    private sealed class Leaving
    {
        public static List<TestStatus> Seen { get; } = [];

        [TearDown]
        public async Task CloseAsync()
        {
            Seen.Add(TestContext.CurrentContext.Result.Outcome.Status);
            await Asyncio.YieldAsync();
            throw new IOException("The port is stuck.");
        }

        public async Task Holds() => await Asyncio.YieldAsync();

        public async Task Fails()
        {
            await Asyncio.YieldAsync();
            throw new ArithmeticException("Wrong.");
        }
    }
}

using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Sim.Clock;
using Sim.Core;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

/// <summary>Parameters of fixture and test, as a user writes them: each case is a campaign of its own.</summary>
[TestFixture(typeof(int), 60)]
[TestFixture(typeof(string), 90)]
[SimTests(Runs = 5)]
[Counting]
public class SimTestCaseTests<T>(int seconds)
{
    private readonly List<T?> _fresh = [];

    private static IEnumerable<TestCaseData> Ports() => [new(1, "one"), new TestCaseData(2, "two").SetName("the second")];

    private static string[] Names() => ["n", "n \"q\" (x)"];

    [SetUp]
    public async Task SetUpAsync() => await Asyncio.SleepAsync(TimeSpan.FromSeconds(seconds));

    [SimTest]
    public async Task FixtureArguments_ReachEveryRun()
    {
        await Asyncio.YieldAsync();
        _fresh.Add(default);
        Assert.That((Simulation.Current.Loop.Time, _fresh.Count), Is.EqualTo((Instant.Zero + TimeSpan.FromSeconds(seconds), 1)));
    }

    [SimTest]
    [TestCase(1, ExpectedResult = 2)]
    [TestCase(41, ExpectedResult = 42)]
    public async Task<int> Results_AreCompared(int number)
    {
        await Asyncio.YieldAsync();
        return number + 1;
    }

    [SimTest]
    [TestCase("a", ExpectedResult = "aa")]
    public async ValueTask<string> ResultsOfValueTasks_AreCompared(string text)
    {
        await Asyncio.YieldAsync();
        return text + text;
    }

    [SimTest]
    [TestCaseSource(nameof(Ports))]
    public async Task Sources_GiveCases(int port, string name)
    {
        await Asyncio.YieldAsync();
        Assert.That(name, Is.EqualTo(port == 1 ? "one" : "two"));
    }

    [SimTest]
    [Category("combined")]
    public async Task Values_AreCombined([Values(1, 2)] int a, [Range(0, 2)] int b, [ValueSource(nameof(Names))] string c)
    {
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(a + b));
        Assert.That(c, Does.StartWith("n"));
    }

    [SimTest]
    [Sequential]
    public async Task Values_GoInPairs([Values(1, 2)] int a, [Values("1", "2")] string b)
    {
        await Asyncio.YieldAsync();
        Assert.That($"{a}", Is.EqualTo(b));
    }

    [SimTest]
    [Pairwise]
    public async Task EveryPairOfValues_IsThere([Values] bool a, [Values] bool b, [Values(TestStatus.Failed)] TestStatus c)
    {
        await Asyncio.YieldAsync();
        Assert.That(TestContext.CurrentContext.Test.Arguments, Is.EqualTo(new object[] { a, b, c }));
    }

    [SimTest]
    [TestCase(1)]
    [TestCase("x")]
    public async Task MethodMayBeGeneric<TValue>(TValue value)
    {
        await Asyncio.YieldAsync();
        Assert.That(value, Is.TypeOf<TValue>());
    }

    [SimTest(Runs = 20)]
    public async Task TestActions_RunOnceAroundAllRuns_AndOutside()
    {
        await Asyncio.YieldAsync();
        Assert.That(TestExecutionContext.CurrentContext.CurrentTest.Properties.Get("begun"), Is.EqualTo(1));
    }
}

using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

/// <summary>Simulated tests as a user writes them.</summary>
[TestFixture]
public sealed class SimTestExamples
{
    private readonly List<string> _steps = [];

    [SetUp]
    public async Task SetUpInsideTheSimulation()
    {
        await Asyncio.SleepAsync(TimeSpan.FromMinutes(1));
        _steps.Clear();
        _steps.Add("set up");
    }

    [TearDown]
    public void TearDownInsideTheSimulation() =>
        Assert.That(Simulation.Current.Loop.IsRunning, Is.True, "Tear-down belongs to the run.");

    [SimTest]
    public async Task AnHour_TakesNoTime()
    {
        var start = Simulation.Current.Loop.Time;

        await Task.Delay(TimeSpan.FromHours(1), Simulation.Current.TimeProvider);

        Assert.That(Simulation.Current.Loop.Time - start, Is.EqualTo(TimeSpan.FromHours(1)));
        Assert.That(start, Is.EqualTo(Instant.Zero + TimeSpan.FromMinutes(1)), "The set-up ran inside, for a minute.");
    }

    [SimTest(Runs = 50)]
    public async Task EveryOrder_Holds()
    {
        var first = Asyncio.CreateTask(() => WorkAsync("first"));
        var second = Asyncio.CreateTask(() => WorkAsync("second"));

        await Asyncio.GatherAsync(first, second);

        Assert.That(_steps, Is.EquivalentTo(new[] { "set up", "first", "second" }));
    }

    [SimTest(Runs = 50, MustFail = "a canary: the order is not decided")]
    public async Task SomeOrder_IsFoundThatFails()
    {
        var first = Asyncio.CreateTask(() => WorkAsync("first"));
        var second = Asyncio.CreateTask(() => WorkAsync("second"));

        await Asyncio.GatherAsync(first, second);

        Assert.That(_steps, Is.EqualTo(new[] { "set up", "first", "second" }));
    }

    [SimTest(Runs = 3)]
    [TestCase(1)]
    [TestCase(2)]
    public async ValueTask Parameters_ArriveAsInNUnit(int minutes)
    {
        await Asyncio.SleepAsync(TimeSpan.FromMinutes(minutes));

        Assert.That(Simulation.Current.Loop.Time, Is.EqualTo(Instant.Zero + TimeSpan.FromMinutes(minutes + 1)));
    }

    [SimTest]
    public async Task Values_AreCombined([Values(1, 2)] int a, [Values("x", "y")] string b)
    {
        await Asyncio.YieldAsync();

        Assert.That($"{a}{b}", Has.Length.EqualTo(2));
    }

    private async Task WorkAsync(string name)
    {
        await Asyncio.YieldAsync();
        _steps.Add(name);
    }
}

using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Tests;

public class FaultPlanTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Test]
    public void ACallThatIsNotNamed_Passes() => Run(new FaultPlan([new Fault("pay", 2, FaultKind.Fails, default)]), async plan =>
    {
        await plan.AtAsync("pay");
        await plan.AtAsync("ship");
        Assert.That(Asyncio.GetRunningLoop().Step, Is.EqualTo(1), "Nothing was waited for.");
    });

    [Test]
    public void ACallThatIsSlow_ComesLate() => Run(new FaultPlan([new Fault("pay", 1, FaultKind.Slow, _second)]), async plan =>
    {
        await plan.AtAsync("pay");
        Assert.That(Asyncio.GetRunningLoop().Time, Is.EqualTo(Instant.Zero + _second));
    });

    [Test]
    public void ACallThatFails_Throws() => Run(new FaultPlan([new Fault("pay", 2, FaultKind.Fails, default)]), async plan =>
    {
        await plan.AtAsync("pay");
        var error = await Caught.ByAsync<PlannedFaultException>(() => plan.AtAsync("pay"));
        Assert.That(error.Message, Is.EqualTo("As planned, pay 2 fails."));
    });

    [Test]
    public void ACallThatIsLost_EndsOnlyByATimeout() => Run(new FaultPlan([new Fault(null, 1, FaultKind.Lost, default)]), async plan =>
    {
        await Caught.ByAsync<TimeoutException>(() => Asyncio.TimeoutAsync(_second, () => plan.AtAsync("pay")).AsTask());
        Assert.That(Asyncio.GetRunningLoop().Time, Is.EqualTo(Instant.Zero + _second));
    });

    [Test]
    public void Calls_AreCountedAnewInEachRun()
    {
        var plan = new FaultPlan([new Fault("pay", 1, FaultKind.Slow, _second)]);
        for (var i = 0; i < 2; i++)
        {
            Assert.That(Simulation.Run(() => plan.AtAsync("pay")).VirtualTime, Is.EqualTo(_second));
        }
    }

    [Test]
    public void APlan_IsToldInWords()
    {
        var plan = new FaultPlan(
        [
            new Fault("pay", 2, FaultKind.Fails, default),
            new Fault(null, 1, FaultKind.Slow, _second),
            new Fault("ship", 3, FaultKind.Lost, default),
        ]);
        Assert.That(plan.ToString(), Is.EqualTo("pay 2 fails, call 1 is 1.000s late, ship 3 is lost"));
        Assert.That(FaultPlan.None.ToString(), Is.EqualTo("none"));
    }

    private static void Run(FaultPlan plan, Func<FaultPlan, Task> body)
    {
        var run = Simulation.Run(() => body(plan));
        Assert.That(run.Passed, Is.True, () => run.Failure!.Message);
    }
}

using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

public class StepKeyTests
{
    [Test]
    public void ATaskNamedLikeACallback_HasKeysOfItsOwn()
    {
        var run = Simulation.Run(async () =>
        {
            var loop = Asyncio.GetRunningLoop();
            loop.CallSoon(Beat);
            var task = Asyncio.CreateTask(() => Task.CompletedTask, nameof(Beat));
            loop.CallSoon(Beat);
            await task;
        });

        Assert.That(run.StepOrder, Is.Unique);
        Assert.That(
            run.StepOrder.Where(static key => key.Name.StartsWith(nameof(Beat), StringComparison.Ordinal)).Select(static key => key.ToString()),
            Is.EqualTo(new[] { "Beat#1", "Beat~2#1", "Beat#2" }));
    }

    private static void Beat()
    {
    }
}

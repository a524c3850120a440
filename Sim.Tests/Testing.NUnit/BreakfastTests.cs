using NUnit.Framework;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

#region breakfast
public class BreakfastTests
{
    [Test]
    public Task Trace_TellsTheStory()
    {
        var run = Simulation.Run(async () =>
        {
            var tea = Asyncio.CreateTask(() => Asyncio.SleepAsync(TimeSpan.FromMinutes(3)), "tea");
            var toast = Asyncio.CreateTask(() => Asyncio.SleepAsync(TimeSpan.FromMinutes(2)), "toast");
            await Asyncio.GatherAsync(tea, toast);
            Simulation.Current.Note("breakfast is ready");
        });

        return Verify(run.Trace.ToString());
    }
}
#endregion

using NUnit.Framework;
using Sim.Testing.NUnit;
using Sim.World;

namespace Sim.Tests;

#region lease
public class LeaseTests
{
    [SimTest(InstantWork = true)]
    public async Task Lease_RunsOutAfterAnHour()
    {
        var time = Simulation.Current.TimeProvider;
        using var lease = new CancellationTokenSource(TimeSpan.FromHours(1), time);

        await Task.Delay(TimeSpan.FromMinutes(59), time);
        Assert.That(lease.IsCancellationRequested, Is.False);

        await Task.Delay(TimeSpan.FromMinutes(2), time);
        Assert.That(lease.IsCancellationRequested, Is.True);
    }
}
#endregion

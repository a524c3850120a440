using NUnit.Framework;
using Samples;
using Sim.Testing;
using Sim.Testing.FsCheck;
using Sim.World;

namespace Sim.Tests;

public class MachineTests
{
    [Test]
    public Task BugOfTheRegister_IsFound_Shrunk_AndShownAsATable() => Shows(SampleMachines.Register(() => new RacyRegister()));

    [Test]
    public Task BugOfTheQueue_IsFound_Shrunk_AndShownAsATable() => Shows(SampleMachines.Queue(() => new RacyJobQueue()));

    [Test]
    public Task BugOfTheStore_IsFound_Shrunk_AndShownAsATable() => Shows(SampleMachines.Store(() => new CachedStore()));

    [Test]
    public void TheMendedRegister_HoldsOver10000Histories() => Holds(SampleMachines.Register(() => new MendedRegister()));

    [Test]
    public void TheMendedQueue_HoldsOver10000Histories() => Holds(SampleMachines.Queue(() => new MendedJobQueue()));

    [Test]
    public void TheMendedStore_HoldsOver10000Histories() => Holds(SampleMachines.Store(() => new MendedStore()));

    private static Task Shows(IMachine machine)
    {
        var report = MachineBench.Run(machine);
        var found = (NotLinearizableException)report.Failure!.Shrunk!.Failure!.Exception;
        Assert.That(found.Report.History.Calls, Has.Length.LessThanOrEqualTo(6));
        return Verify(CodePlaces.Without(report.ToText("Sim.Tests")));
    }

    private static void Holds(IMachine machine)
    {
        var report = MachineBench.Run(machine, new PropertyOptions { MaxTest = 2_500, Schedules = 4 });
        Assert.That(report.Failure, Is.Null, () => report.ToText("Sim.Tests"));
        Assert.That(report.Runs, Is.EqualTo(10_000));
    }
}

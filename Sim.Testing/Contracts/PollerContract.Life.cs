using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

public abstract partial class PollerContract
{
    private Demand[] OnLife() =>
    [
        new("Disposing twice is allowed", static probe =>
        {
            probe.Poller.Dispose();
            probe.Poller.Dispose();
        }),
        new("A wake after disposing does nothing", static probe =>
        {
            probe.Poller.Dispose();
            probe.Poller.Wake();
            probe.Poller.Wake();
        }),
        new("Disposing leaves the watched handles open", HandlesOutliveThePoller, WatchesHandles),
        new("Events are added to the list, which is not cleared", ListIsNotCleared),
    ];

    private static void HandlesOutliveThePoller(PollerProbe probe)
    {
        using var pair = new LoopbackPair();
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near");
        probe.Poller.Dispose();
        Require(!pair.Near.SafeHandle.IsClosed, "disposing the poller closed a handle that it does not own.");
        pair.Near.Send([1]);
    }

    private static void ListIsNotCleared(PollerProbe probe)
    {
        var earlier = new PollEvent("earlier", PollInterest.Read);
        var ready = new List<PollEvent> { earlier };
        probe.Poller.Poll(probe.Clock.Now, ready);
        Require(ready is [var first] && first == earlier, $"the list held one event and now holds {PollerProbe.Text(ready)}.");
    }
}

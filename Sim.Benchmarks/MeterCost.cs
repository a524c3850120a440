using System.Diagnostics.Metrics;
using Sim.Core;

namespace Sim.Benchmarks;

/// <summary>What it costs that a loop can be watched: W1 on a loop with meters, with nobody and with somebody listening.</summary>
internal static class MeterCost
{
    private static readonly WorkloadTable _table = new("Being watched",
    [
        new("M1", "callback of a loop without meters", Sizes.Callbacks, LoopWorkloads.Ready),
        new("M1", "callback, meters on, nobody listens", Sizes.Callbacks, Metered),
        new("M1", "callback, meters on, all but slow callbacks listened to", Sizes.Callbacks, () => Listened(static name => name != Slow)),
        new("M1", "callback, meters on, everything listened to", Sizes.Callbacks, () => Listened(static _ => true)),
    ]);

    private const string Slow = "sim.loop.slow_callbacks";

    public static ManagedPeer Peer => _table.Peer;

    public static IReadOnlyList<string> Rows => _table.Rows;

    public static int Write(IReadOnlyList<string> rows, TextWriter report)
    {
        _table.Write(rows, report);
        return 0;
    }

    private static void Metered() => LoopWorkloads.Ready(new LoopOptions { Meters = true });

    private static void Listened(Func<string, bool> chooses)
    {
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Sim.Core" && chooses(instrument.Name))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        var told = 0L;
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => told += value);
        listener.Start();
        Metered();
    }
}

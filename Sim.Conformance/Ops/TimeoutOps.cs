using Sim.Core;

namespace Sim.Conformance;

/// <summary>Moving the deadline of a block, and asking whether it was met.</summary>
internal static class TimeoutOps
{
    public static void AddTo(OpCatalog catalog)
    {
        catalog.Sync("resched", "r:Name d?:NumberOrNull", static (frame, op) =>
        {
            if (!frame.Machine.Timeouts.TryGetValue(op.Text("r"), out var scope))
            {
                return "skip";
            }

            scope.Reschedule(op.NumberOrNull("d") is { } delay ? frame.Machine.FromNow(delay) : null);
            return When(scope);
        });
        catalog.Sync("expired", "r:Name", static (frame, op) =>
            frame.Machine.Timeouts.TryGetValue(op.Text("r"), out var scope) ? scope.IsExpired : "skip");
    }

    public static string When(TimeoutScope scope) => TraceText.Value(scope.When is { } when ? Machine.Microseconds(when) : null);
}

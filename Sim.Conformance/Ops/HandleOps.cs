using Sim.Clock;

namespace Sim.Conformance;

/// <summary>Callbacks for soon and for later, and taking them back.</summary>
internal static class HandleOps
{
    public static void AddTo(OpCatalog catalog)
    {
        catalog.Sync("call_soon", "fn:Func h?:Name", static (frame, op) =>
        {
            var handle = ContextVariables.Branch(() => frame.Machine.Loop.CallSoon(frame.Machine.Callback(op.Index("fn"))));
            return Keep(frame, op, () => handle.Cancel());
        });
        catalog.Sync("call_soon_ts", "fn:Func h?:Name", static (frame, op) =>
        {
            var handle = ContextVariables.Branch(() => frame.Machine.Loop.CallSoonThreadSafe(frame.Machine.Callback(op.Index("fn"))));
            return Keep(frame, op, () => handle.Cancel());
        });
        catalog.Sync("call_later", "d:Number fn:Func h?:Name", static (frame, op) => (object)CallAt(frame, op, frame.Machine.FromNow(op.Number("d"))));
        catalog.Sync("call_at", "w:Number fn:Func h?:Name", static (frame, op) => (object)CallAt(frame, op, Machine.At(op.Number("w"))));
        catalog.Sync("hcancel", "h:Name", static (frame, op) =>
            frame.Machine.Calls.TryGetValue(op.Text("h"), out var call) ? call.Cancel() ? "was" : "ok" : "skip");
    }

    private static long CallAt(Frame frame, Op op, Instant when)
    {
        var handle = ContextVariables.Branch(() => frame.Machine.Loop.CallAt(when, frame.Machine.Callback(op.Index("fn"))));
        Keep(frame, op, () => handle.Cancel());
        return Machine.Microseconds(when);
    }

    private static string Keep(Frame frame, Op op, Action cancel)
    {
        frame.Machine.Calls[op.TextOrNull("h") ?? ""] = new ScheduledCall(cancel);
        return "ok";
    }
}

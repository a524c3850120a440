using Sim.Core;

namespace Sim.Conformance;

/// <summary>Tasks: starting them, in a group or not, and counting the requests to stop.</summary>
internal static class TaskOps
{
    public static void AddTo(OpCatalog catalog)
    {
        catalog.Sync("spawn", "p:Proc f?:Name eager?:Flag", static (frame, op) =>
        {
            var eager = op.Flag("eager");
            return Keep(frame, op, frame.Machine.Spawn(op.Index("p"), (body, name) => frame.Machine.Loop.CreateTask(body, name, eager)));
        });
        catalog.Sync("tg_spawn", "r:Name p:Proc f?:Name", static (frame, op) =>
            frame.Machine.Groups.TryGetValue(op.Text("r"), out var group)
                ? Keep(frame, op, frame.Machine.Spawn(op.Index("p"), (body, name) => group.CreateTask(body, name)))
                : "skip");
        catalog.Sync("uncancel", "f?:Name", static (frame, op) => TaskOf(frame, op)?.Uncancel() ?? (object)"skip");
        catalog.Sync("cancelling", "f?:Name", static (frame, op) => TaskOf(frame, op)?.CancelRequests ?? (object)"skip");
    }

    private static string Keep(Frame frame, Op op, FutureEntry? entry)
    {
        if (entry is null)
        {
            return "skip";
        }

        frame.Machine.Futures.Register(op.TextOrNull("f"), entry);
        return entry.Label;
    }

    private static ILoopTask? TaskOf(Frame frame, Op op)
    {
        var futures = frame.Machine.Futures;
        var entry = !string.IsNullOrEmpty(op.TextOrNull("f")) ? futures.Register(op.Text("f"))
            : frame.Me >= 0 ? futures.Of(frame.Me)
            : null;
        return entry?.Task;
    }
}

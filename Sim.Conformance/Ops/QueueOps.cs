using Sim.Core;

namespace Sim.Conformance;

/// <summary>Queues.</summary>
internal static class QueueOps
{
    public static void AddTo(OpCatalog catalog)
    {
        Do(catalog, "q_put_nowait", "q:Queue v:Value", static (queue, op) => queue.PutNoWait(op.Value("v")));
        Do(catalog, "q_done", "q:Queue", static (queue, _) => queue.TaskDone());
        Do(catalog, "q_shutdown", "q:Queue imm?:Flag", static (queue, op) => queue.Shutdown(op.Flag("imm")));
        catalog.Sync("q_get_nowait", "q:Queue", static (frame, op) => QueueOf(frame, op).GetNoWait());
        catalog.Sync("q_size", "q:Queue", static (frame, op) =>
        {
            var queue = QueueOf(frame, op);
            return $"{queue.Count} {TraceText.Value(queue.IsEmpty)} {TraceText.Value(queue.IsFull)}";
        });
        catalog.Awaiting("q_get", "q:Queue", static (frame, op) => QueueOf(frame, op).GetAsync());
        Await(catalog, "q_put", "q:Queue v:Value", static (queue, op) => queue.PutAsync(op.Value("v")));
        Await(catalog, "q_join", "q:Queue", static (queue, _) => queue.JoinAsync());
    }

    private static AsyncQueue<object?> QueueOf(Frame frame, Op op) => frame.Machine.Objects.Queues[op.Index("q")];

    private static void Do(OpCatalog catalog, string name, string fields, Action<AsyncQueue<object?>, Op> act) => catalog.Sync(name, fields, (frame, op) =>
    {
        act(QueueOf(frame, op), op);
        return "ok";
    });

    private static void Await(OpCatalog catalog, string name, string fields, Func<AsyncQueue<object?>, Op, ValueTask> act) =>
        catalog.Awaiting(name, fields, async (frame, op) =>
        {
            await act(QueueOf(frame, op), op);
            return "ok";
        });
}

using Sim.Core;

namespace Sim.Conformance;

/// <summary>Readers and writers of descriptors, and the pulses that make descriptors ready.</summary>
internal static class InputOps
{
    public static void AddTo(OpCatalog catalog)
    {
        catalog.Sync("add_reader", "fd:Number fn:Func", static (frame, op) => Add(frame, op, frame.Machine.Loop.AddReader));
        catalog.Sync("add_writer", "fd:Number fn:Func", static (frame, op) => Add(frame, op, frame.Machine.Loop.AddWriter));
        catalog.Sync("rm_reader", "fd:Number", static (frame, op) => frame.Machine.Loop.RemoveReader(frame.Machine.Handle(op.Number("fd"))));
        catalog.Sync("rm_writer", "fd:Number", static (frame, op) => frame.Machine.Loop.RemoveWriter(frame.Machine.Handle(op.Number("fd"))));
        catalog.Sync("fire", "fd:Number m:Directions d:Number", static (frame, op) =>
        {
            var ready = (op.Text("m").Contains('r', StringComparison.Ordinal) ? PollInterest.Read : PollInterest.None)
                | (op.Text("m").Contains('w', StringComparison.Ordinal) ? PollInterest.Write : PollInterest.None);
            frame.Machine.Fire(op.Number("fd"), ready, frame.Machine.FromNow(op.Number("d")));
            return "ok";
        });
    }

    private static string Add(Frame frame, Op op, Action<System.Runtime.InteropServices.SafeHandle, Action> add) => ContextVariables.Branch(() =>
    {
        add(frame.Machine.Handle(op.Number("fd")), frame.Machine.Callback(op.Index("fn")));
        return "ok";
    });
}

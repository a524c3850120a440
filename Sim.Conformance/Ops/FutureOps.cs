using Sim.Core;

namespace Sim.Conformance;

/// <summary>Futures: completing them, asking where they stand, their done callbacks, awaiting one.</summary>
internal static class FutureOps
{
    public static void AddTo(OpCatalog catalog)
    {
        catalog.Sync("fut", "f:Name", static (frame, op) =>
        {
            var futures = frame.Machine.Futures;
            var entry = futures.Bind(futures.Reserve(), frame.Machine.Loop.CreateFuture<object?>(), FutureTable.Free);
            futures.Register(op.Text("f"), entry);
            return entry.Label;
        });
        OnFuture(catalog, "set_result", "f:Name v:Value", static (_, op, entry) =>
        {
            SetResult(entry.Future, op.Value("v"));
            return entry.Label;
        });
        OnFuture(catalog, "set_exc", "f:Name e:Number", static (_, op, entry) =>
        {
            entry.Future.SetException(new ProgramException(op.Number("e")));
            return entry.Label;
        });
        OnFuture(catalog, "cancel", "f:Name", static (_, _, entry) => $"{entry.Label} {TraceText.Value(entry.Future.Cancel())}");
        OnFuture(catalog, "state", "f:Name", static (_, _, entry) => $"{entry.Label} {Untyped.State(entry.Future)}");
        OnFuture(catalog, "add_cb", "f:Name fn:Func", static (frame, op, entry) =>
        {
            ContextVariables.Branch(() =>
            {
                entry.Future.AddDoneCallback(frame.Machine.DoneCallback(op.Index("fn")));
                return true;
            });
            return entry.Label;
        });
        OnFuture(catalog, "rm_cb", "f:Name fn:Func", static (frame, op, entry) =>
            entry.Future.RemoveDoneCallback(frame.Machine.DoneCallback(op.Index("fn"))));
        catalog.Awaiting("await", "f:Name", static async (frame, op) =>
            frame.Machine.Futures.ToWaitFor(frame.Me, op.Text("f")) is { } entry ? await Untyped.AwaitAsync(entry.Future) : "skip");
    }

    private static void OnFuture(OpCatalog catalog, string name, string fields, Func<Frame, Op, FutureEntry, object?> run) =>
        catalog.Sync(name, fields, (frame, op) =>
            frame.Machine.Futures.Register(op.Text("f")) is { } entry ? run(frame, op, entry) : "skip");

    // Any future may stand in the register, also that of a gather.
    private static void SetResult(Future future, object? value)
    {
        switch (future)
        {
            case Future<object?[]> list:
                list.SetResult(SetLists.Of(new object?[1], value));
                break;
            case Future<Outcome<object?>[]> outcomes:
                outcomes.SetResult(SetLists.Of(new Outcome<object?>[1], value));
                break;
            default:
                ((Future<object?>)future).SetResult(value);
                break;
        }
    }
}

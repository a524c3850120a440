using System.Runtime.CompilerServices;
using Sim.Core;

namespace Sim.Conformance;

/// <summary>Notes, errors, the current task, stopping, context variables, sleeping and calling a proc.</summary>
internal static class BasicOps
{
    public static void AddTo(OpCatalog catalog)
    {
        catalog.Sync("log", "v:Value", static (_, op) => op.Value("v"));
        catalog.Sync("raise", "e:Number", static (_, op) => throw new ProgramException(op.Number("e")));
        catalog.Sync("current", "", static (frame, _) => Current(frame));
        catalog.Sync("stop", "", static (frame, _) =>
        {
            frame.Machine.Loop.Stop();
            return "ok";
        });
        catalog.Sync("ctx_set", "k:Name v:Value", static (_, op) =>
        {
            ContextVariables.Current[op.Text("k")] = op.Value("v");
            return "ok";
        });
        catalog.Sync("ctx_get", "k:Name", static (_, op) => ContextVariables.Current[op.Text("k")]);
        catalog.Awaiting("sleep", "d:Number v?:Value", SleepAsync);
        catalog.Awaiting("join", "p:Proc", static (frame, op) => frame.Machine.RunProcAsync(frame, op.Index("p")));
    }

    private static string Current(Frame frame)
    {
        if (EventLoop.Running is null || Asyncio.CurrentTask() is not { } task)
        {
            return "none";
        }

        // In the first step of an eager task its future is not in the table yet.
        return frame.Machine.Futures.Of((Future)task)?.Label ?? (frame.Me >= 0 ? $"F{frame.Me}" : "F?");
    }

    private static async ValueTask<object?> SleepAsync(Frame frame, Op op)
    {
        await Asyncio.SleepAsync(Machine.Length(Math.Max(0, op.Number("d"))));
        return op.Has("v") ? op.Value("v") : "ok";
    }
}

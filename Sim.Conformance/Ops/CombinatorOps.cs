using Sim.Core;

namespace Sim.Conformance;

/// <summary>Waiting for several futures, for one with a limit, and shielding.</summary>
internal static class CombinatorOps
{
    public static void AddTo(OpCatalog catalog)
    {
        catalog.Sync("gather_f", "fs:Names f:Name rex?:Flag", static (frame, op) => Keep(frame, op.Text("f"), Gather(frame, op)));
        catalog.Sync("shield_f", "f:Name g:Name", static (frame, op) => Keep(frame, op.Text("g"), Shield(frame, op)));
        catalog.Awaiting("gather", "fs:Names rex?:Flag", static (frame, op) => AwaitAsync(Gather(frame, op)));
        catalog.Awaiting("shield", "f:Name", static (frame, op) => AwaitAsync(Shield(frame, op)));
        catalog.Awaiting("wait", "fs:Names rw:ReturnWhen d?:NumberOrNull", WaitAsync);
        catalog.Awaiting("wait_for", "d?:NumberOrNull f?:Name p?:Proc", WaitForAsync);
        catalog.Awaiting("as_completed", "fs:Names d?:NumberOrNull", AsCompletedAsync);
    }

    private static string Keep(Frame frame, string register, FutureEntry? entry)
    {
        if (entry is null)
        {
            return "skip";
        }

        frame.Machine.Futures.Register(register, entry);
        return entry.Label;
    }

    private static async ValueTask<object?> AwaitAsync(FutureEntry? entry) =>
        entry is null ? "skip" : await Untyped.AwaitAsync(entry.Future);

    private static FutureEntry? Gather(Frame frame, Op op)
    {
        var futures = frame.Machine.Futures;
        var children = futures.ToWaitFor(frame.Me, op.Names("fs"));
        if (children.Count == 0)
        {
            return null;
        }

        var all = children.Select(child => child.Future);
        Future outer = op.Flag("rex") ? Asyncio.GatherOutcomesAsync(all) : Asyncio.GatherAsync(all);
        return futures.Bind(futures.Reserve(), outer, children.Min(child => child.Low));
    }

    private static FutureEntry? Shield(Frame frame, Op op)
    {
        var futures = frame.Machine.Futures;
        if (futures.ToWaitFor(frame.Me, op.Text("f")) is not { } inner)
        {
            return null;
        }

        // A future that is done is its own shield, and keeps its number.
        var outer = Untyped.Shield(inner.Future);
        return ReferenceEquals(outer, inner.Future) ? inner : futures.Bind(futures.Reserve(), outer, inner.Low);
    }

    private static async ValueTask<object?> WaitAsync(Frame frame, Op op)
    {
        var futures = frame.Machine.Futures;
        var members = futures.ToWaitFor(frame.Me, op.Names("fs"));
        if (members.Count == 0)
        {
            return "skip";
        }

        var returnWhen = op.Text("rw") switch
        {
            "FIRST_COMPLETED" => ReturnWhen.FirstCompleted,
            "FIRST_EXCEPTION" => ReturnWhen.FirstException,
            _ => ReturnWhen.AllCompleted,
        };
        var result = await Asyncio.WaitAsync(members.Select(member => member.Future), returnWhen, Limit(op));
        return $"{List(result.Done)} {List(result.Pending)}";

        string List(IEnumerable<Future> found) => $"{{{string.Join(',', found.Select(future => futures.Of(future)!.Index).Order().Select(index => $"F{index}"))}}}";
    }

    private static async ValueTask<object?> WaitForAsync(Frame frame, Op op)
    {
        if (op.Has("p"))
        {
            return await Asyncio.WaitForAsync(() => frame.Machine.RunProcAsync(frame, op.Index("p")).AsTask(), Limit(op));
        }

        return frame.Machine.Futures.ToWaitFor(frame.Me, op.Text("f")) is { } entry
            ? await Untyped.WaitForAsync(entry.Future, Limit(op))
            : "skip";
    }

    private static async ValueTask<object?> AsCompletedAsync(Frame frame, Op op, string path)
    {
        var members = frame.Machine.Futures.ToWaitFor(frame.Me, op.Names("fs")).Select(entry => entry.Future).Distinct().ToList();
        // Of several that are done already CPython takes the one with the lowest address first.
        if (members.Count == 0 || members.Count(member => member.IsDone) > 1)
        {
            return "skip";
        }

        // By hand: when the time is up each item that is missing is a failure of its own.
        await using var items = Asyncio.AsCompleted(members, Limit(op)).GetAsyncEnumerator();
        for (var number = 0L; number < members.Count; number++)
        {
            try
            {
                await items.MoveNextAsync();
                frame.Out(path, $"item {number} {TraceText.Value(await Untyped.AwaitAsync(items.Current))}");
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                frame.Out(path, $"item {number} !{TraceText.Error(error)}");
            }
        }

        return (long)members.Count;
    }

    // As lengths, where negative ones and zero are the same: the time is up at once.
    private static TimeSpan? Limit(Op op) => op.NumberOrNull("d") is { } limit ? Machine.Length(Math.Max(0, limit)) : null;
}

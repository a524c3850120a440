using Sim.Core;

namespace Sim.Conformance;

/// <summary>Blocks: what they do with the body that they hold.</summary>
internal static class BlockOps
{
    public static void AddTo(OpCatalog catalog)
    {
        catalog.Block("try", "body:Body on?:Kinds h?:Body re?:Flag fin?:Body", TryBlock.RunAsync, OpShape.Try);
        catalog.Block("return", "v?:Value", static (_, op, _) => ValueTask.FromResult<Returned?>(new Returned(op.Value("v"))), OpShape.Return);
        catalog.Block("repeat", "n:Number body:Body", RepeatAsync);
        catalog.Block("timeout", "d?:NumberOrNull r:Name body:Body", static (frame, op, path) =>
            TimeoutAsync(frame, op, path, op.NumberOrNull("d") is { } delay ? frame.Machine.FromNow(delay) : null));
        catalog.Block("timeout_at", "w?:NumberOrNull r:Name body:Body", static (frame, op, path) =>
            TimeoutAsync(frame, op, path, op.NumberOrNull("w") is { } when ? Machine.At(when) : null));
        catalog.Block("tg", "r:Name body:Body", GroupAsync);
        catalog.Block("with_lock", "l:Lock body:Body", static (frame, op, path) =>
        {
            var mutex = frame.Machine.Objects.Locks[op.Index("l")];
            return HoldAsync(frame, op, path, async () => await mutex.AcquireAsync(), mutex.Release);
        });
        catalog.Block("with_sem", "s:Semaphore body:Body", static (frame, op, path) =>
        {
            var semaphore = frame.Machine.Objects.Semaphores[op.Index("s")];
            return HoldAsync(frame, op, path, async () => await semaphore.AcquireAsync(), semaphore.Release);
        });
        catalog.Block("with_cond", "c:Condition body:Body", static (frame, op, path) =>
        {
            var condition = frame.Machine.Objects.Conditions[op.Index("c")];
            return HoldAsync(frame, op, path, async () => await condition.AcquireAsync(), condition.Release);
        });
    }

    private static async ValueTask<Returned?> RepeatAsync(Frame frame, Op op, string path)
    {
        for (var left = op.Number("n"); left > 0; left--)
        {
            if (await frame.Machine.RunBodyAsync(frame, op.Body("body"), path) is { } returned)
            {
                return returned;
            }
        }

        return null;
    }

    private static async ValueTask<Returned?> TimeoutAsync(Frame frame, Op op, string path, Sim.Clock.Instant? when)
    {
        TimeoutScope? entered = null;
        Returned? returned;
        try
        {
            returned = await Asyncio.TimeoutAtAsync(when, async scope =>
            {
                entered = frame.Machine.Timeouts[op.Text("r")] = scope;
                frame.Out(path, $"{op.Name} enter {TimeoutOps.When(scope)}");
                return await frame.Machine.RunBodyAsync(frame, op.Body("body"), path);
            });
        }
        catch (Exception error)
        {
            frame.Out(path, $"{op.Name} !{TraceText.Error(error)} {TraceText.Value(entered?.IsExpired == true)}");
            throw;
        }

        frame.Out(path, $"{op.Name} exit {TraceText.Value(entered!.IsExpired)}");
        return returned;
    }

    private static async ValueTask<Returned?> GroupAsync(Frame frame, Op op, string path)
    {
        Returned? returned;
        try
        {
            returned = await TaskGroup.RunAsync(async group =>
            {
                frame.Machine.Groups[op.Text("r")] = group;
                frame.Out(path, "tg enter");
                return await frame.Machine.RunBodyAsync(frame, op.Body("body"), path);
            });
        }
        catch (Exception error)
        {
            frame.Out(path, $"tg !{TraceText.Error(error)}");
            throw;
        }

        frame.Out(path, "tg exit");
        return returned;
    }

    // Python's block calls release itself at its end, whoever holds the thing by then: so does this, and not by a holder.
    private static async ValueTask<Returned?> HoldAsync(Frame frame, Op op, string path, Func<ValueTask> acquire, Action release)
    {
        Returned? returned;
        try
        {
            await acquire();
            try
            {
                frame.Out(path, $"{op.Name} enter");
                returned = await frame.Machine.RunBodyAsync(frame, op.Body("body"), path);
            }
            finally
            {
                release();
            }
        }
        catch (Exception error)
        {
            frame.Out(path, $"{op.Name} !{TraceText.Error(error)}");
            throw;
        }

        frame.Out(path, $"{op.Name} exit");
        return returned;
    }
}

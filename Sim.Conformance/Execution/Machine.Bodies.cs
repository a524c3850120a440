using Sim.Core;

namespace Sim.Conformance;

/// <content>Bodies: those of callbacks, which run at once, and those of tasks.</content>
internal sealed partial class Machine
{
    private const int MostTasks = 64;

    // Python's own limit is of this size.
    private const int MostNestedProcs = 200;

    private int _tasks;

    /// <summary>Makes a task that runs a proc; null when the program has enough of them.</summary>
    /// <param name="proc">The proc.</param>
    /// <param name="create">Makes a task of a body and a name.</param>
    public FutureEntry? Spawn(int proc, Func<Func<Task<object?>>, string, LoopTask<object?>> create)
    {
        if (_tasks >= MostTasks)
        {
            return null;
        }

        _tasks++;
        var index = Futures.Reserve();
        var task = ContextVariables.Branch(() => create(() => RunTaskAsync(index, proc), $"F{index}"));
        return Futures.Bind(index, task, index);
    }

    /// <summary>Runs a proc inside of the current task.</summary>
    public async ValueTask<object?> RunProcAsync(Frame frame, int proc)
    {
        // A proc that joins itself ends as in Python, with a runtime error, not with the process.
        if (frame.Depth == MostNestedProcs)
        {
            throw new InsufficientExecutionStackException($"Procs join each other {MostNestedProcs} deep.");
        }

        return (await RunBodyAsync(frame with { Depth = frame.Depth + 1 }, Program.Procs[proc], $"p{proc}"))?.Value;
    }

    /// <summary>The callback of a number, for <c>CallSoon</c> and its kin.</summary>
    public Action Callback(int fn) => () => RunCallback(fn, "-");

    /// <summary>The done callback of a number: one object, so that it can be removed.</summary>
    public Action<Future> DoneCallback(int fn)
    {
        if (!_doneCallbacks.TryGetValue(fn, out var callback))
        {
            _doneCallbacks[fn] = callback = future => RunCallback(fn, Futures.Label(future));
        }

        return callback;
    }

    /// <summary>Runs operations that do not wait.</summary>
    public void RunBody(Frame frame, IReadOnlyList<Op> body, string path)
    {
        for (var k = 0; k < body.Count && !_dead; k++)
        {
            var op = body[k];
            if (op.Shape == OpShape.Try)
            {
                TryBlock.Run(frame, op, $"{path}.{k}");
            }
            else
            {
                RunSync(frame, op, $"{path}.{k}");
            }
        }
    }

    /// <summary>Runs operations of a task.</summary>
    /// <returns>Not null when the proc returns.</returns>
    public async ValueTask<Returned?> RunBodyAsync(Frame frame, IReadOnlyList<Op> body, string path)
    {
        for (var k = 0; k < body.Count && !_dead; k++)
        {
            var op = body[k];
            var place = $"{path}.{k}";
            if (op.Shape == OpShape.Sync)
            {
                RunSync(frame, op, place);
            }
            else if (op.Shape == OpShape.Awaiting)
            {
                await RunAwaitingAsync(frame, op, place);
            }
            else if (await _catalog[op].Block!(frame, op, place) is { } returned)
            {
                return returned;
            }
        }

        return null;
    }

    private async Task<object?> RunTaskAsync(int index, int proc)
    {
        var frame = new Frame(this, $"F{index}", index);
        frame.Out("start", $"p{proc}");
        object? result;
        try
        {
            result = await RunProcAsync(frame, proc);
        }
        catch (Exception error)
        {
            frame.Out("end", "!" + TraceText.Error(error));
            throw;
        }

        frame.Out("end", TraceText.Value(result));
        return result;
    }

    private void RunCallback(int fn, string argument)
    {
        var frame = new Frame(this, $"fn{fn}", -1);
        frame.Out("call", argument);
        try
        {
            RunBody(frame, Program.Funcs[fn], "f");
        }
        catch (Exception error)
        {
            frame.Out("raise", TraceText.Error(error));
            throw;
        }
    }

    private void RunSync(Frame frame, Op op, string place)
    {
        string text;
        try
        {
            text = TraceText.Value(_catalog[op].Sync!(frame, op));
        }
        catch (Exception error)
        {
            frame.Out(place, $"{op.Name} !{TraceText.Error(error)}");
            throw;
        }

        frame.Out(place, $"{op.Name} {text}");
    }

    private async ValueTask RunAwaitingAsync(Frame frame, Op op, string place)
    {
        object? result;
        try
        {
            result = await _catalog[op].Awaiting!(frame, op, place);
        }
        catch (Exception error)
        {
            frame.Out(place, $"{op.Name} !{TraceText.Error(error)}");
            throw;
        }

        frame.Out(place, $"{op.Name} {TraceText.Value(result)}");
    }
}

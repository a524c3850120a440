using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Sim.Clock;

namespace Sim.Core;

/// <content>Running callbacks: under which contexts, in which order, and what becomes of their errors.</content>
public partial class EventLoop
{
    private ExecutionContext? _ambient;
    private bool _inStep;

    // Whether somebody wants to know of slow callbacks: in debug mode, or by the metrics.
    private bool _timesCallbacks;

    // Under a scheduler: the first number behind this iteration's batch, and how many turns are left in it.
    private long _batchEnd;
    private int _batchLeft;
    private ExceptionDispatchInfo? _escaping;

    /// <summary>
    /// The context of the callback that runs: what <c>SynchronizationContext.Current</c> is unless user code has changed it.
    /// </summary>
    internal LoopContext? StepContext { get; private set; }

    /// <summary>Who is told about errors that nobody awaits; null = they are written to <see cref="LoopOptions.Log"/>.</summary>
    public Action<LoopError>? ExceptionHandler { get; set; }

    /// <summary>Hands an error to the exception handler. A handler that fails is reported by the default one (rule 92).</summary>
    public void CallExceptionHandler(LoopError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Observe(LoopEventKind.Error, error, error.Message);
        if (ExceptionHandler is not { } handler)
        {
            WriteLog(error.WithTrace());
            return;
        }

        try
        {
            handler(error);
        }
        catch (Exception failure) when (!IsFatal(failure))
        {
            WriteLog(error.WithTrace());
            WriteLog(new LoopError("Unhandled error in the exception handler", failure, Time, error.Task).WithTrace());
        }
    }

    /// <summary>Tells the handler in the execution context of what has failed (rule 91); null = in the current one.</summary>
    internal void CallExceptionHandler(LoopError error, ExecutionContext? flow)
    {
        if (flow is null)
        {
            CallExceptionHandler(error);
        }
        else
        {
            ExecutionContext.Run(flow, _ => CallExceptionHandler(error), null);
        }
    }

    /// <summary>Runs a delegate of one of the three shapes that the ready queue holds.</summary>
    internal static void Invoke(Delegate callback, object? state)
    {
        // Each of the three is sealed: the type is compared, and a cast would only compare it again.
        if (callback.GetType() == typeof(Action<object?>))
        {
            Unsafe.As<Action<object?>>(callback)(state);
        }
        else if (callback.GetType() == typeof(SendOrPostCallback))
        {
            Unsafe.As<SendOrPostCallback>(callback)(state);
        }
        else
        {
            ((Action)callback)();
        }
    }

    // In order, with somebody looking on: an observer, or who wants to know of slow callbacks.
    private void RunWatched()
    {
        for (var left = _ready.Count; left > 0; left--)
        {
            var sequence = _ready[0].Sequence;
            if (_ready.TakeFirst(out var state, out var place) is { } callback)
            {
                Run(callback, state, place, sequence);
            }
            else
            {
                _ready.NoteTakenCancelled();
            }
        }
    }

    // The scheduler may take any ready callback, also one that became ready in this iteration; the number of callbacks in
    // an iteration stays that of rule 2, so that timers and I/O keep their turn.
    private void RunAsChosen(IScheduler scheduler)
    {
        // First of all: an iteration whose callbacks are all cancelled must lose them too, or the next one would not wait.
        _ready.DropCancelled();
        _batchEnd = _ready.NextSequence;
        for (_batchLeft = _ready.Count; _batchLeft > 0 && _ready.LiveCount > 0; _batchLeft--)
        {
            _ready.DropCancelled();
            SynchronizationContext.SetSynchronizationContext(null);
            var index = scheduler.Choose(new RunnableSet(ref _ready));
            if ((uint)index >= (uint)_ready.Count)
            {
                throw new LoopException($"The scheduler {scheduler.GetType().Name} chose callback {index} of {_ready.Count}.");
            }

            _ready.TakeAt(index, out var item);
            if (_ready.Resolve(item.Place, out _) is { IsTask: true, Announced: { } announced } task)
            {
                task.Announced = null;
                _causes?.OnOperation(in announced, announced: true);
            }

            Run(item.Callback!, item.State, item.Place, item.Sequence);
        }

        _batchEnd = 0;
    }

    private void Run(Delegate callback, object? state, object? place, long sequence)
    {
        var context = _ready.Resolve(place, out var flow);
        Step++;
        _inStep = true;
        StepContext = context;
        var started = _timesCallbacks ? Time : default;
        if (flow is not null && !ReferenceEquals(flow, _ambient))
        {
            ExecutionContext.Restore(flow);
        }

        SynchronizationContext.SetSynchronizationContext(context);
        if (_observer is not null)
        {
            Observe(LoopEventKind.Step, state ?? callback, CodeNames.LabelOf(context, callback, state), sequence);
        }

        try
        {
            Invoke(callback, state);
        }
        catch (Exception error) when (!IsFatal(error))
        {
            ReportError("Exception in a callback", error, CodeNames.LabelOf(context, callback, state));
        }

        _inStep = false;
        StepContext = null;
        // What a callback sets in its execution context stays its own (rule 90).
        if (!ReferenceEquals(ExecutionContext.Capture(), _ambient))
        {
            ExecutionContext.Restore(_ambient!);
        }

        if (_escaping is not null)
        {
            Escape();
        }

        if (_timesCallbacks && Time - started is var taken && taken >= Options.SlowCallback)
        {
            TellOfSlowCallback(taken, CodeNames.LabelOf(context, callback, state));
        }
    }

    private void TellOfSlowCallback(TimeSpan taken, string label)
    {
        _meter?.OnSlowCallback();
        if (_debug)
        {
            WriteLog($"{Time} {label} took {Durations.Format(taken)}: a callback that long holds up all others.");
        }
    }

    /// <summary>
    /// Runs the first step of an eager task inside the step that makes it: under its own identity, in a copy of the execution
    /// context, and then the outer step goes on as before (rule 88).
    /// </summary>
    internal void RunInline(ContextCallback step, object? state, LoopContext context)
    {
        var outer = StepContext;
        var current = SynchronizationContext.Current;
        StepContext = context;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            if (ExecutionContext.Capture() is { } flow)
            {
                ExecutionContext.Run(flow, step, state);
            }
            else
            {
                step(state);
            }
        }
        finally
        {
            StepContext = outer;
            SynchronizationContext.SetSynchronizationContext(current);
        }
    }

    /// <summary>Whether an exception leaves the loop at once (rule 17).</summary>
    internal bool IsFatal(Exception error) => Options.IsFatal?.Invoke(error) == true;

    /// <summary>Lets a fatal exception that a task has stored leave the loop at the end of the current callback.</summary>
    internal void EscapeWith(Exception error) => _escaping ??= ExceptionDispatchInfo.Capture(error);

    private void Escape()
    {
        var escaping = _escaping!;
        _escaping = null;
        escaping.Throw();
    }

    private void ReportError(string message, Exception error, string task) =>
        CallExceptionHandler(new LoopError(message, error, Time, task));
}

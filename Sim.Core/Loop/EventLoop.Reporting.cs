using Sim.Clock;

namespace Sim.Core;

/// <content>What the loop knows about itself: observers, draws, live contexts, the stall report, invariants.</content>
public partial class EventLoop
{
    private static int _localSlots;

    private object?[] _locals = new object?[4];
    private LoopContext? _firstContext;
    private LoopContext? _lastContext;
    private long _contexts;
    private ulong _orphans;
    private List<LoopContext>? _endedWithFlows;

    /// <summary>Whether somebody observes: whoever makes words for a trace asks first.</summary>
    public bool IsObserved => _observer is not null;

    /// <summary>
    /// Whether a scheduler chooses: then a run is one of many, and short, and may keep for a report what would else cost too much.
    /// </summary>
    internal bool IsExplored => _scheduler is not null;

    /// <summary>The live contexts of tasks, in the order of their creation.</summary>
    internal IEnumerable<LoopContext> Contexts
    {
        get
        {
            for (var context = _firstContext; context is not null; context = context.Next)
            {
                yield return context;
            }
        }
    }

    /// <summary>
    /// The async calls that nobody awaits any more: their task has ended, and they are still suspended. In the order in which the
    /// tasks have ended; first what waits on the loop's own, then what waits on a delay, then whose delay is just over.
    /// </summary>
    internal IReadOnlyList<string> DescribeLeftFlows() => _endedWithFlows is null && _timers.Count == 0 && _ready.Count == 0 ? [] :
    [
        .. (_endedWithFlows ?? []).SelectMany(static context => context.DescribeFlows().Select(flow =>
            $"an async call of {context.Name}, which has ended, {flow}")),
        .. _timers.ToSortedList().Select(static timer => AwaitSites.OfForsaken(timer.Subject) is { } site
            ? $"an async call that nobody awaits waits on Task.Delay until {timer.When} in {site}" : null).OfType<string>(),
        .. Enumerable.Range(0, _ready.Count).Select(i => SiteOfForsaken(in _ready[i]) is { } site
            ? $"an async call that nobody awaits is about to go on in {site}" : null).OfType<string>(),
    ];

    // The delay of .NET is over, and its timer is about to fire, or what awaits it to go on.
    private static string? SiteOfForsaken(ref readonly ReadyItem item) => item switch
    {
        { Callback: SendOrPostCallback } => AwaitSites.OfForsakenContinuation(item.State),
        { Callback: not null, State: TimerEntry timer } => AwaitSites.OfForsaken(timer.Subject),
        _ => null,
    };

    /// <summary>Writes a line into the trace; costs nothing when nobody observes.</summary>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public void Note(string text)
    {
        CheckThread();
        Observe(LoopEventKind.Note, null, text);
    }

    /// <summary>
    /// Draws a number from the scheduler, so that a simulated run stays a function of its decisions. A loop without a
    /// scheduler draws the tame default, 0.
    /// </summary>
    /// <param name="label">Who draws, and for what; the same in every run.</param>
    /// <param name="bound">How many values there are, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is less than 1.</exception>
    public int Draw(string label, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        CheckThread();
        var value = _scheduler is null || bound == 1 ? 0 : _scheduler.Draw(label, bound);
        if (value != 0)
        {
            Observe(LoopEventKind.Draw, null, $"{label} = {value}");
        }

        return value;
    }

    internal static int ReserveLocalSlot() => Interlocked.Increment(ref _localSlots) - 1;

    /// <summary>Writes a line for people. Any thread. A log that fails brings nobody down (rule 92).</summary>
    internal void WriteLog(string line)
    {
        try
        {
            Options.Log(line);
        }
        catch (Exception failure) when (!IsFatal(failure))
        {
            try
            {
                Console.Error.WriteLine($"{line}{Environment.NewLine}The log of {Options.Name} failed with this line: {failure.GetType().Name}: {failure.Message}");
            }
            catch (IOException)
            {
                // Nobody is left to be told.
            }
        }
    }

    internal object? FindLocal(int slot)
    {
        var locals = Volatile.Read(ref _locals);
        return slot < locals.Length ? Volatile.Read(ref locals[slot]) : null;
    }

    internal object MakeLocal(int slot, Func<EventLoop, object> create)
    {
        lock (_door)
        {
            return FindLocal(slot) ?? SetLocal(slot, create(this));
        }
    }

    internal object SetLocal(int slot, object value)
    {
        lock (_door)
        {
            if (slot >= _locals.Length)
            {
                var more = _locals;
                Array.Resize(ref more, Math.Max(slot + 1, more.Length * 2));
                Volatile.Write(ref _locals, more);
            }

            Volatile.Write(ref _locals[slot], value);
            return value;
        }
    }

    internal void Register(LoopContext context)
    {
        var parent = StepContext is { IsTask: true } task ? task : null;
        context.SetIdentity(++_contexts, parent, parent is null ? ++_orphans : 0);
        // Not on a loop that runs for long: tasks that create tasks would keep each other alive.
        context.Creator = _scheduler is null ? null : parent;
        // Where nobody observes, nobody is told of it, and the stack is spared.
        context.CreationSite = _observer is null || context.Creator is null || !Options.NotesCreationSites ? null : CreationSite.Here();
        context.Previous = _lastContext;
        if (_lastContext is null)
        {
            _firstContext = context;
        }
        else
        {
            _lastContext.Next = context;
        }

        _lastContext = context;
        NoteCreated(context);
    }

    internal void Unregister(LoopContext context)
    {
        if (context.Previous is null)
        {
            _firstContext = context.Next;
        }
        else
        {
            context.Previous.Next = context.Next;
        }

        if (context.Next is null)
        {
            _lastContext = context.Previous;
        }
        else
        {
            context.Next.Previous = context.Previous;
        }

        context.Previous = context.Next = null;
    }

    /// <summary>
    /// A task has ended while async calls that it made, and did not await, are suspended. Kept for the report where a scheduler is,
    /// that is for one run; a loop that runs for long would keep them all.
    /// </summary>
    internal void NoteLeftFlows(LoopContext context)
    {
        if (_scheduler is not null)
        {
            (_endedWithFlows ??= []).Add(context);
        }
    }

    /// <summary>Tells the observer, if there is one.</summary>
    internal void Observe(LoopEventKind kind, object? subject, string? text, long sequence = 0) =>
        _observer?.OnEvent(new LoopEvent(
            kind, Time, _inStep ? Step : 0, SynchronizationContext.Current as LoopContext, sequence, subject, text));

    /// <summary>Called when there is nothing to wait for. The default throws a <see cref="StalledException"/> with the report.</summary>
    protected virtual void OnStalled() => throw StallReport.ToError(this);

    /// <summary>Throws when the loop is inconsistent. The cheap checks run in every iteration.</summary>
    private void AssertInvariants()
    {
        Invariant.Holds(!IsClosed, "A closed loop does not iterate.");
        Invariant.Holds(IsOnLoopThread, "A loop iterates on the thread that runs it.");
        Invariant.Holds(_polled.Count == 0, "The events of a poll are taken before the next poll.");
        Invariant.Holds(_ready.LiveCount >= 0, "No more ready callbacks are cancelled than there are.");
    }
}

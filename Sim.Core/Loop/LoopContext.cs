namespace Sim.Core;

/// <summary>
/// The identity of what runs on a loop: one instance for all plain callbacks, one for each task. It is the
/// synchronization context of the steps, so that a nested async call of one task returns inline while a resumption
/// across tasks becomes a post, that is, a scheduling point. <see cref="Post"/> may be called from any thread.
/// </summary>
public class LoopContext : SynchronizationContext
{
    internal LoopContext? Previous;
    internal LoopContext? Next;

    private string? _name;

    /// <summary>A context of <paramref name="loop"/>.</summary>
    protected internal LoopContext(EventLoop loop, string name)
        : this(loop) => _name = name;

    // Without a name it is asked for one when somebody wants to know.
    private protected LoopContext(EventLoop loop)
    {
        Loop = loop;
        // Blocking waits on the loop thread come to Wait below.
        SetWaitNotificationRequired();
    }

    /// <summary>The loop.</summary>
    public EventLoop Loop { get; }

    /// <summary>The name in traces and messages, the same in every run.</summary>
    public string Name
    {
        get => _name ??= MakeName();
        set => _name = value;
    }

    /// <summary>Whether this is a task's context.</summary>
    public virtual bool IsTask => false;

    /// <summary>Which task of its loop this is, in the order of their creation, from 1; 0 for what is no task.</summary>
    public long Number { get; private set; }

    /// <summary>
    /// A number that stays the same for the same task from run to run, whatever the order of things: made of who has created
    /// it, and as which of its tasks. 0 for what is no task.
    /// </summary>
    public ulong Lineage { get; private set; }

    /// <summary>The <see cref="Number"/> of the task that created it; 0 if none did, and for what is no task.</summary>
    public long Parent { get; private set; }

    /// <summary>What its next step is about to do, as far as it was said (<c>YieldBeforeAsync</c>).</summary>
    public Operation? Announced { get; internal set; }

    private ulong _children;

    internal void SetIdentity(long number, LoopContext? parent, ulong orphans)
    {
        Number = number;
        Parent = parent?.Number ?? 0;
        var nth = parent is null ? orphans : ++parent._children;
        // A step of the FNV-1a hash (Fowler, Noll, Vo) for each of the two.
        Lineage = unchecked((((((parent?.Lineage ?? 0UL) ^ 0xCBF29CE484222325UL) * 0x100000001B3UL) ^ nth) * 0x100000001B3UL) | 1UL);
    }

    /// <summary>
    /// What it does now, with its verb, for reports: "sleeps until 3.000s since 0.000s in FetchAsync (Mail.cs:37)". Reads symbols:
    /// not for what happens often, and not for traces.
    /// </summary>
    public virtual string DescribeState() => DescribeWait();

    /// <summary>", created by main (Orders.cs:12)", as far as that is known.</summary>
    internal string DescribeOrigin() => Creator is null ? "" : $", created by {Creator.Name}{CreationSite?.ToString()}";

    /// <summary>Where the code has created it; kept where somebody observes.</summary>
    internal CreationSite? CreationSite { get; set; }

    /// <summary>What each of its async flows is suspended on and where, oldest first.</summary>
    internal virtual IReadOnlyList<string> DescribeFlows() => [];

    /// <summary>The task that has created it, where a scheduler is interested; else null.</summary>
    public LoopContext? Creator { get; internal set; }

    /// <summary>The tasks without which this one cannot go on: those that it awaits, and who holds the lock that it waits for.</summary>
    internal virtual IEnumerable<LoopContext> WaitsFor => [];

    /// <summary>Those of them that hold what it waits for.</summary>
    internal virtual IEnumerable<LoopContext> WaitsForHolders => [];

    /// <summary>Whether it waits for something that is the loop's, and that no particular task is known to give.</summary>
    internal virtual bool WaitsForNobody => false;

    /// <summary>What it is suspended on, without since when and where; its oldest flow's, if it has several.</summary>
    internal virtual string FirstWait => "waits";

    /// <summary>Whether the task has begun, has not ended, and nobody has asked it to stop.</summary>
    internal virtual bool IsInFullRun => false;

    /// <summary>Called once, for a context that was made without a name.</summary>
    private protected virtual string MakeName() => "callback";

    /// <summary>For reports: what the task waits on and since when.</summary>
    public virtual string DescribeWait() => "waits for its turn";

    /// <summary>Queues work that resumes under this context: where the <c>await</c> of a BCL task comes back.</summary>
    public override void Post(SendOrPostCallback d, object? state) => Loop.PostFromAnywhere(d, state, this);

    /// <summary>Runs work at once when called on the loop thread.</summary>
    /// <exception cref="ForeignThreadException">Called on another thread: the loop does not block others.</exception>
    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        if (!Loop.IsOnLoopThread)
        {
            throw new ForeignThreadException(
                $"Send to {Loop.Options.Name} from another thread would block it: use Post, or {nameof(EventLoop.CallSoonThreadSafe)}.");
        }

        d(state);
    }

    /// <summary>The same instance: its identity is the point.</summary>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Where the runtime reports a blocking wait of code that runs under this context.</summary>
    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        if (millisecondsTimeout != 0 && Loop.Options.RefuseBlockingWaits && Loop.IsOnLoopThread)
        {
            BlockingWaits.Refuse(this);
        }

        return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
    }
}

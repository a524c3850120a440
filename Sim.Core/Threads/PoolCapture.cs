using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// Keeps on the loop's thread what its code hands to the thread pool: <c>Task.Run</c>, awaits with <c>ConfigureAwait(false)</c>,
/// completions that run elsewhere. Such work becomes ready on the loop, in the order in which it was handed over, and runs
/// under no task's context, as on a thread of the pool. For loops whose time jumps: libraries that use the pool then cannot be
/// overtaken by time, and their work is a matter of the loop's scheduler. Other threads, and their share of the pool, notice nothing.
/// </summary>
/// <remarks>
/// It stands on parts of .NET that have no public name, and checks when it begins that they do as expected. Not kept: work that is
/// queued for all threads (<c>ThreadPool.QueueUserWorkItem</c>, <c>Task.Yield</c> under no context), new threads, and real timers.
/// Where it is known that such work comes back, a <see cref="PoolErrand"/> waits for it. Loop thread only, except where it says otherwise.
/// </remarks>
public sealed class PoolCapture : IRunGuest
{
    /// <summary>How long the loop waits for an errand, in milliseconds of real time: it is a matter of microseconds.</summary>
    private const int Patience = 10_000;

    private static readonly LoopLocal<PoolCapture> _local = new(static loop => new PoolCapture(loop));
    private static readonly Action<object?> _run = static work => PoolInternals.Execute(work!);

    private readonly EventLoop _loop;
    private readonly PoolInternals.Take _take;
    private readonly object _share;
    private readonly object _gate = new();

    // In the order in which they began, which is the order in which they come back.
    private readonly Queue<PoolErrand> _errands = new();
    private object? _previous;

    private PoolCapture(EventLoop loop)
    {
        _loop = loop;
        _share = PoolInternals.NewShare(out _take);
        CheckParts();
    }

    /// <summary>How many pieces of work were kept on the loop.</summary>
    public long Count { get; private set; }

    /// <summary>Begins to keep the work of a loop, until the loop is closed. A second call gives the same object.</summary>
    /// <param name="loop">The loop, running or not.</param>
    /// <exception cref="PlatformNotSupportedException">This version of .NET has another thread pool.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public static PoolCapture Begin(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckOpen();
        loop.CheckThread();
        if (Find(loop) is { } found)
        {
            return found;
        }

        var capture = _local[loop];
        loop.SetGuest(capture);
        return capture;
    }

    /// <summary>The one of a loop, or null if its work is not kept. Any thread.</summary>
    public static PoolCapture? Find(EventLoop loop) => _local.Find(loop);

    /// <summary>
    /// Something is about to be queued for all threads, by this thread and before anything else runs, and it will say
    /// <see cref="PoolErrand.Return"/>: until then nothing else happens on the loop.
    /// </summary>
    /// <param name="name">What it is, for the message if it never comes back.</param>
    public PoolErrand BeginErrand(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _loop.CheckThread();
        var errand = new PoolErrand(name, _gate);
        _errands.Enqueue(errand);
        return errand;
    }

    void IRunGuest.Enter() => _previous = PoolInternals.Exchange(_share);

    void IRunGuest.Leave()
    {
        PoolInternals.Exchange(_previous);
        _previous = null;
    }

    void IRunGuest.BringWork()
    {
        while (_errands.TryDequeue(out var errand))
        {
            Await(errand);
        }

        // Another thread never looks into this queue: nothing is missed.
        for (var missed = false; _take(ref missed) is { } work;)
        {
            Count++;
            _loop.Enqueue(_run, work, null, PoolInternals.DefaultContext);
        }
    }

    private void Await(PoolErrand errand)
    {
        // The thread that it is on needs nothing of the loop's: this is no wait for work of its own.
        SynchronizationContext.SetSynchronizationContext(null);
        lock (_gate)
        {
            while (!errand.IsOver)
            {
                if (!Monitor.Wait(_gate, Patience))
                {
                    errand.GiveUp();
                    _loop.CallExceptionHandler(new LoopError(
                        "Work did not come back from the thread pool",
                        new WorkEscapedException(
                            $"{errand.Name} has not come back to {_loop.Options.Name} at {_loop.Time}, after {Patience / 1000} seconds "
                            + "of real time: all threads of the pool are held up, or the library goes another way than was expected. "
                            + "The loop goes on without it."),
                        _loop.Time,
                        "callback"));
                }
            }
        }

        if (errand.Callback is { } callback)
        {
            _loop.Enqueue(callback, null, null, PoolInternals.DefaultContext);
        }
    }

    // A piece of work that is given to the pool on this thread must be found here, and must run when told to.
    private void CheckParts()
    {
        var ran = false;
        var previous = PoolInternals.Exchange(_share);
        object? work;
        try
        {
#pragma warning disable RS0030 // It is the pool that is looked at.
            ThreadPool.UnsafeQueueUserWorkItem(_ => ran = true, 0, preferLocal: true);
#pragma warning restore RS0030
            var missed = false;
            work = _take(ref missed);
        }
        finally
        {
            PoolInternals.Exchange(previous);
        }

        if (work is not null)
        {
            PoolInternals.Execute(work);
        }

        if (!ran)
        {
            throw new PlatformNotSupportedException(
                $"The thread pool of {RuntimeInformation.FrameworkDescription} does not keep work where it was expected: "
                + "this version of Sim.Core cannot keep it on the loop. Run on .NET 10, or look for a newer version.");
        }
    }
}

using Sim.Core;

namespace Sim.Kestrel;

/// <summary>
/// The way from the thread pool to the loop. Kestrel and HttpClient begin some of their work on the pool; from here on it is on
/// the loop's thread. Where time jumps, the loop keeps what the two give to the pool, and waits for the rest. Any thread.
/// </summary>
internal sealed class LoopDoor
{
    private readonly PoolCapture? _capture;

    public LoopDoor(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        Loop = loop;
        if (loop.Clock is Sim.Clock.VirtualClock)
        {
            _capture = PoolCapture.Begin(loop);
        }
    }

    public EventLoop Loop { get; }

    /// <summary>Whether time jumps on this loop.</summary>
    public bool IsVirtual => _capture is not null;

    /// <summary>This thread is about to queue something for the pool that will come to the loop soon.</summary>
    public PoolVisit Expect(string name) =>
        new(this, _capture is not null && Loop.IsOnLoopThread ? _capture.BeginErrand(name) : null);

    /// <summary>Runs work on the loop under no context: soon, or never if the loop is closed.</summary>
    public void Enter(Action work, PoolErrand? errand)
    {
        if (errand?.Return(work) == true)
        {
            return;
        }

        try
        {
            Loop.CallSoonThreadSafe(() =>
            {
                // Under a context of the loop, awaits of the libraries would go on on the pool.
                SynchronizationContext.SetSynchronizationContext(null);
                work();
            });
        }
        catch (LoopClosedException)
        {
            // Nobody waits any more.
        }
    }

    /// <summary>Runs a coroutine as a task of the loop, with a name; who awaits the result goes on on the loop. Any thread.</summary>
    public Task RunTaskAsync(Func<Task> body, string name)
    {
        if (IsVirtual && !Loop.IsOnLoopThread)
        {
            throw new NotSupportedException(
                $"{name} has come to {Loop.Options.Name} at {Loop.Time} by the thread pool, on which virtual time does not wait for it. "
                + "Kestrel does that for HTTP/2 and HTTP/3: on virtual time ask for HTTP/1.1.");
        }

        var outcome = new TaskCompletionSource();
        if (Loop.IsOnLoopThread)
        {
            Start();
        }
        else
        {
            Loop.CallSoonThreadSafe(Start);
        }

        return outcome.Task;

        void Start()
        {
            var task = Loop.CreateTask(body, name);
            task.AddDoneCallback(ended =>
            {
                SynchronizationContext.SetSynchronizationContext(null);
                if (ended.IsCancelled)
                {
                    outcome.TrySetCanceled();
                }
                else if (ended.Exception is { } failure)
                {
                    outcome.TrySetException(failure);
                }
                else
                {
                    outcome.TrySetResult();
                }
            });
        }
    }
}

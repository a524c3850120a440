using System.Diagnostics.Tracing;
using Sim.Core;

namespace Sim.World;

/// <summary>
/// Sees work that a simulated run hands to the thread pool (<c>Task.Run</c>, <c>StartNew</c>, <c>ContinueWith</c>): the
/// runtime's task event source reports it inline, on the thread that does it. Such work is reported at once, to the
/// loop's exception handler, even if it comes back before anybody could notice.
/// </summary>
internal sealed class ThreadPoolWatch : EventListener
{
    private const string TaskSource = "System.Threading.Tasks.TplEventSource";

    /// <summary>TaskTransfer and Tasks, the keywords under which TaskScheduled is written.</summary>
    private const EventKeywords Keywords = (EventKeywords)3;

    private const int TaskScheduled = 7;

    private static readonly object _gate = new();
    private static ThreadPoolWatch? _instance;
    private static int _users;

    private EventSource? _source;

    private ThreadPoolWatch()
    {
        // The runtime makes the source when the first task is run or scheduled. In a process whose first task is one that leaves
        // the loop, the watch would come too late for it.
        new Task(static () => { }).RunSynchronously(TaskScheduler.Default);
    }

    /// <summary>Listens until the result is disposed. Any thread; several at a time share one listener.</summary>
    public static IDisposable Begin()
    {
        lock (_gate)
        {
            _instance ??= new ThreadPoolWatch();
            if (_users++ == 0)
            {
                _instance.Switch(on: true);
            }
        }

        return new Use();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        ArgumentNullException.ThrowIfNull(eventSource);
        if (eventSource.Name.Equals(TaskSource, StringComparison.Ordinal))
        {
            _source = eventSource;
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.EventId != TaskScheduled || EventLoop.Running is not { } loop || loop.Options.Isolation != ThreadIsolation.Sealed
            || PoolCapture.Find(loop) is not null)
        {
            // Nobody's, or kept on the loop.
            return;
        }

        var task = SynchronizationContext.Current is LoopContext context ? context.Name : "callback";
        loop.CallExceptionHandler(new LoopError(
            "Work left the loop",
            new WorkEscapedException(
                $"{CodeNames.OfCaller()} handed work to the thread pool at {loop.Time} in {task}: when it is done is not decided by the run. "
                + "Use Asyncio.CreateTask for concurrent work; for work that needs a thread, hide it behind an interface and simulate that."),
            loop.Time,
            task));
    }

    private void Switch(bool on)
    {
        if (_source is null)
        {
            return;
        }

        if (on)
        {
            EnableEvents(_source, EventLevel.Informational, Keywords);
        }
        else
        {
            DisableEvents(_source);
        }
    }

    private sealed class Use : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            lock (_gate)
            {
                if (!_ended)
                {
                    _ended = true;
                    if (--_users == 0)
                    {
                        _instance!.Switch(on: false);
                    }
                }
            }
        }
    }
}

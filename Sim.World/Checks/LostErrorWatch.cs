using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Sim.Core;

namespace Sim.World;

/// <summary>
/// Finds exceptions that no one will ever see (invariant A10): remembers what is thrown in the simulations of the threads
/// that take part, and asks the runtime which of it was left in a task that nobody looked at. Costs nothing while nothing is
/// thrown. The thread that made it takes part, with run 0; any thread may. One watch for all threads of a search: every watch
/// is told of every exception of the process.
/// </summary>
public sealed class LostErrorWatch : IDisposable
{
    private readonly object _gate = new();

    // Which run each thread makes. Looked up, never iterated.
    private readonly ConcurrentDictionary<int, int> _runs = [];

    // Looked up by reference, never iterated.
    private readonly Dictionary<Exception, (int Order, LostError Error)> _thrown = new(ReferenceEqualityComparer.Instance);
    private (int Order, LostError Error)? _first;
    private int _order;

    /// <summary>Begins to watch.</summary>
    public LostErrorWatch()
    {
        Begin(run: 0);
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>From now on this thread makes the run with this number.</summary>
    public void Begin(int run) => _runs[Environment.CurrentManagedThreadId] = run;

    /// <summary>This thread makes no more runs.</summary>
    public void Leave() => _runs.TryRemove(Environment.CurrentManagedThreadId, out _);

    /// <summary>
    /// Of the exceptions thrown so far that nobody can see any more, the first one of the lowest run; null if there is none.
    /// No thread may be in a run. What was thrown before is forgotten: somebody has seen it, or this has found it.
    /// </summary>
    public LostError? Find()
    {
        lock (_gate)
        {
            if (_thrown.Count == 0)
            {
                return null;
            }
        }

        // A lost exception shows when its task is finalised; a second round reaches tasks that others held.
        for (var round = 0; round < 2; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        lock (_gate)
        {
            // To keep every exception of a long search would cost more than the search.
            var found = _first?.Error;
            _thrown.Clear();
            _first = null;
            return found;
        }
    }

    /// <summary>Ends the watch.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
    }

    private void OnThrown(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (EventLoop.Running is not { } loop || !_runs.TryGetValue(Environment.CurrentManagedThreadId, out var run))
        {
            return;
        }

        var task = SynchronizationContext.Current is LoopContext context ? context.Name : "callback";
        lock (_gate)
        {
            _thrown.TryAdd(thrown.Exception, (_order++, new LostError(thrown.Exception, run, loop.Time, task)));
        }
    }

    private static bool IsBefore((int Order, LostError Error) left, (int Order, LostError Error) right) =>
        (left.Error.Run, left.Order).CompareTo((right.Error.Run, right.Order)) < 0;

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs unobserved)
    {
        lock (_gate)
        {
            foreach (var exception in unobserved.Exception.InnerExceptions)
            {
                if (_thrown.TryGetValue(exception, out var found) && (_first is not { } first || IsBefore(found, first)))
                {
                    _first = found;
                }
            }
        }
    }
}

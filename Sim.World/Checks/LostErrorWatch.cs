using System.Runtime.ExceptionServices;
using Sim.Core;

namespace Sim.World;

/// <summary>
/// Finds exceptions that no one will ever see (invariant A10): remembers what is thrown while this thread runs
/// simulations, and asks the runtime at the end which of it was left in a task that nobody looked at. Costs nothing
/// while nothing is thrown. Belongs to the thread that began it.
/// </summary>
public sealed class LostErrorWatch : IDisposable
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly object _gate = new();

    // Looked up by reference, never iterated.
    private readonly Dictionary<Exception, (int Order, LostError Error)> _thrown = new(ReferenceEqualityComparer.Instance);
    private (int Order, LostError Error)? _first;

    /// <summary>Begins to watch.</summary>
    public LostErrorWatch()
    {
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>The number of the run that is being made.</summary>
    public int Run { get; set; }

    /// <summary>The first of the exceptions thrown so far that nobody can see any more, or null.</summary>
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
            return _first?.Error;
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
        if (Environment.CurrentManagedThreadId != _thread || EventLoop.Running is not { } loop)
        {
            return;
        }

        var task = SynchronizationContext.Current is LoopContext context ? context.Name : "callback";
        lock (_gate)
        {
            _thrown.TryAdd(thrown.Exception, (_thrown.Count, new LostError(thrown.Exception, Run, loop.Time, task)));
        }
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs unobserved)
    {
        lock (_gate)
        {
            foreach (var exception in unobserved.Exception.InnerExceptions)
            {
                if (_thrown.TryGetValue(exception, out var found) && (_first is not { } first || found.Order < first.Order))
                {
                    _first = found;
                }
            }
        }
    }
}

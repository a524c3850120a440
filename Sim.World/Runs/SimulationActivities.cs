using System.Diagnostics;
using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>
/// Listens to the activities (<see cref="Activity"/>) that a simulated run starts and stops: writes both into the trace, gives
/// them virtual times, and keeps them for assertions. The listener is the process's, but it takes only what happens on the
/// thread of this run. Ids of activities are random: they are not in the trace. Loop thread only.
/// </summary>
public sealed class SimulationActivities : IDisposable
{
    private readonly Simulation _simulation = Simulation.Current;
    private readonly ActivityListener _listener;

    // Looked up, never iterated.
    private readonly Dictionary<Activity, Instant> _open = new(ReferenceEqualityComparer.Instance);
    private readonly List<SimulationActivity> _ended = [];

    private SimulationActivities(Func<string, bool> isWanted)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => isWanted(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                IsOurs ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStarted = OnStarted,
            ActivityStopped = OnStopped,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The activities that have ended, in the order in which they did.</summary>
    public IReadOnlyList<SimulationActivity> Ended => _ended;

    // Other runs, and other tests, may use the same sources at the same time.
    private bool IsOurs => ReferenceEquals(EventLoop.Running, _simulation.Loop);

    /// <summary>Listens, in the simulation that runs on this thread, until it is disposed.</summary>
    /// <param name="sources">The names of the activity sources; none = all.</param>
    /// <exception cref="NoRunningLoopException">Called outside of a simulation.</exception>
    public static SimulationActivities Listen(params string[] sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return new SimulationActivities(name => sources.Length == 0 || sources.Contains(name, StringComparer.Ordinal));
    }

    /// <summary>Listens no longer.</summary>
    public void Dispose() => _listener.Dispose();

    private void OnStarted(Activity activity)
    {
        if (IsOurs)
        {
            _open[activity] = _simulation.Loop.Time;
            activity.SetStartTime(_simulation.Clock.UtcNow.UtcDateTime);
            Note($"activity {activity.OperationName} starts");
        }
    }

    private void OnStopped(Activity activity)
    {
        if (!IsOurs || !_open.Remove(activity, out var start))
        {
            return;
        }

        var end = _simulation.Loop.Time;
        activity.SetEndTime(_simulation.Clock.UtcNow.UtcDateTime);
        _ended.Add(new SimulationActivity(
            activity.Source.Name, activity.OperationName, activity.Parent?.OperationName, start, end, activity.Status,
            [.. activity.TagObjects]));
        var why = activity.StatusDescription is { } description ? $": {description}" : "";
        var how = activity.Status == ActivityStatusCode.Error ? $" with an error{why}" : "";
        Note($"activity {activity.OperationName} ends after {Durations.Format(end - start)}{how}");
    }

    private void Note(string text)
    {
        if (_simulation.Loop.IsObserved)
        {
            _simulation.Note(text);
        }
    }
}

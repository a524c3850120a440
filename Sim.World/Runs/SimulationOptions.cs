using Sim.Clock;

namespace Sim.World;

/// <summary>How one simulated run is made. Every choice is visible here; a report prints them.</summary>
public sealed record SimulationOptions
{
    /// <summary>Decides. First in first out by default.</summary>
    public IStrategy Strategy { get; init; } = new FifoStrategy();

    /// <summary>
    /// Whether the run writes a trace and gives its decisions labels. Without, it is several times faster: a search looks for a
    /// failure so, and makes that one run again to tell it.
    /// </summary>
    public bool Records { get; init; } = true;

    /// <summary>
    /// Whether a run with records can tell the line of code in which each task was created. It takes some microseconds for each task; a
    /// campaign does without where it only compares runs.
    /// </summary>
    public bool NotesCreationSites { get; init; } = true;

    /// <summary>
    /// Whether the report tells the happens-before class of the run and its hand-overs (<see cref="RunReport.Coverage"/>), so that
    /// a campaign knows how much it has seen. Costs time. Not together with exhaustive search, which counts its classes itself.
    /// </summary>
    public bool TracksCoverage { get; init; }

    /// <summary>
    /// Whether work takes no time, whatever the strategy says: for a scenario that checks to the tick how long something takes. By
    /// default a strategy may let time pass while work is ready, as it does in production.
    /// </summary>
    public bool InstantWork { get; init; }

    /// <summary>How many callbacks and task steps a run may take before it is called endless.</summary>
    public long StepLimit { get; init; } = 200_000;

    /// <summary>
    /// Whether a run fails when its main task has ended and others, or async calls that nobody awaits, are still alive. By default
    /// they are asked to stop, as asyncio does, and <see cref="RunReport.LeftTasks"/> names them; who does not stop fails the run.
    /// </summary>
    public bool LeakedTasksFail { get; init; }

    /// <summary>How much virtual time a run may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromDays(3650);

    /// <summary>The date at which virtual time starts.</summary>
    public DateTimeOffset Epoch { get; init; } = VirtualClock.DefaultEpoch;

    /// <summary>
    /// Whether to listen for work that is handed to the thread pool (<c>Task.Run</c>), wherever it is done. While the run
    /// lasts, the runtime writes an event for each task of the process.
    /// </summary>
    public bool WatchThreadPool { get; init; } = true;

    /// <summary>
    /// How long, in real time, a run that has nothing left to do waits for work that may come back from another thread,
    /// so that it is reported as escaped and not as stalled.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(500);
}

namespace Sim.World;

/// <summary>
/// How much of a scenario's schedules the runs of a campaign have seen. Give it runs that were made with
/// <see cref="SimulationOptions.TracksCoverage"/>. Not for several threads at once.
/// </summary>
/// <remarks>
/// The chance that the next run is of a class never seen is about <see cref="SeenOnce"/> / <see cref="Runs"/>: I. J. Good, The
/// population frequencies of species and the estimation of population parameters, Biometrika 40 (1953), after A. Turing. It
/// holds for runs that are drawn independently, as those of a random strategy are. Classes are made of operations: where tasks
/// share plain variables without a touch, or async calls run side by side inside one task, runs of one class may still differ. A
/// scenario of which only one class is ever seen has told nothing of what its tasks share: that is no reason to stop.
/// </remarks>
public sealed class ScheduleCoverage
{
    // Looked up, never iterated. True: seen more than once.
    private readonly Dictionary<UInt128, bool> _classes = [];
    private readonly HashSet<ulong> _handOvers = [];

    /// <summary>The runs added.</summary>
    public long Runs { get; private set; }

    /// <summary>The happens-before classes seen.</summary>
    public long Classes => _classes.Count;

    /// <summary>The classes of which exactly one run was seen.</summary>
    public long SeenOnce { get; private set; }

    /// <summary>The hand-overs seen: of a resource, from a task to the task that used it next.</summary>
    public long HandOvers => _handOvers.Count;

    /// <summary>Adds a run.</summary>
    /// <returns>Whether its class is new.</returns>
    /// <exception cref="ArgumentException">The run was made without coverage.</exception>
    public bool Add(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Add(report.Coverage ?? throw new ArgumentException(
            "The run tells nothing about its coverage: make it with TracksCoverage set in its SimulationOptions.", nameof(report)));
    }

    /// <summary>Adds the coverage of a run.</summary>
    /// <returns>Whether its class is new.</returns>
    public bool Add(RunCoverage coverage)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        Runs++;
        foreach (var handOver in coverage.HandOvers)
        {
            _handOvers.Add(handOver);
        }

        if (_classes.TryAdd(coverage.Class, false))
        {
            SeenOnce++;
            return true;
        }

        if (!_classes[coverage.Class])
        {
            _classes[coverage.Class] = true;
            SeenOnce--;
        }

        return false;
    }
}

using Sim.World;

namespace Sim.Testing.Hosting;

/// <summary>
/// What was logged in one simulated run, in order. Each entry is also a line of the trace. Loop thread only: a thread that
/// logs from elsewhere has left the simulation, and that fails the run.
/// </summary>
public sealed class SimulationLog
{
    private readonly List<SimulationLogEntry> _entries = [];

    internal SimulationLog(Simulation simulation) => Simulation = simulation;

    /// <summary>The entries so far, oldest first.</summary>
    public IReadOnlyList<SimulationLogEntry> Entries => _entries;

    internal Simulation Simulation { get; }

    /// <summary>The entries of the loggers that are named after <typeparamref name="T"/>.</summary>
    public IEnumerable<SimulationLogEntry> Of<T>()
    {
        var category = CategoryNames.Of(typeof(T));
        return _entries.Where(entry => entry.Category == category);
    }

    /// <summary>A line for each entry: when, and what.</summary>
    public override string ToString() => string.Join('\n', _entries.Select(static entry => $"{entry.Time} {entry}"));

    internal void Add(SimulationLogEntry entry)
    {
        var loop = Simulation.Loop;
        // First: it refuses other threads, which must not come to the list. The words are made for who reads them.
        loop.Note(loop.IsObserved ? entry.ToString() : "");
        _entries.Add(entry);
    }
}

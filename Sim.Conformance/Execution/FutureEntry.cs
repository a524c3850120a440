using Sim.Core;

namespace Sim.Conformance;

/// <summary>A future of the program.</summary>
/// <param name="Index">Its number in the order of creation.</param>
/// <param name="Future">The future.</param>
/// <param name="Low">The lowest number of a task on which it depends: only older tasks may wait on it.</param>
internal sealed record FutureEntry(int Index, Future Future, int Low)
{
    public string Label { get; } = $"F{Index}";

    /// <summary>It as a task; null for a plain future, a gather or a shield.</summary>
    public ILoopTask? Task => Future as ILoopTask;
}

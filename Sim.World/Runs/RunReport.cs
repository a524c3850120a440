using Sim.Clock;

namespace Sim.World;

/// <summary>What became of a run. Immutable.</summary>
/// <param name="Strategy">The name of the strategy that decided.</param>
/// <param name="Failure">Why it failed; null when it held.</param>
/// <param name="Trace">What happened.</param>
/// <param name="Decisions">What was decided.</param>
/// <param name="VirtualTime">How long it took, in virtual time.</param>
/// <param name="Steps">How many callbacks and task steps it took.</param>
public sealed record RunReport(
    string Strategy, Failure? Failure, Trace Trace, IReadOnlyList<Decision> Decisions, TimeSpan VirtualTime, long Steps)
{
    /// <summary>Whether the scenario held.</summary>
    public bool Passed => Failure is null;

    /// <summary>The tasks that were still alive when the scenario had ended: what each did, and who had created it.</summary>
    public IReadOnlyList<string> LeftTasks { get; init; } = [];

    /// <summary>The decisions in short.</summary>
    public DecisionScript Script => DecisionScript.Of(Decisions);
}

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

    /// <summary>Whether the run was asked what work costs (<see cref="IStrategy.PricesWork"/>).</summary>
    public bool PricesWork { get; init; }

    /// <summary>
    /// The tasks, and the async calls that nobody awaits, that were still alive when the scenario had ended: what each did, where, and who
    /// had created it.
    /// </summary>
    public IReadOnlyList<string> LeftTasks { get; init; } = [];

    /// <summary>The class of its schedule, if <see cref="SimulationOptions.TracksCoverage"/> was set; else null.</summary>
    public RunCoverage? Coverage { get; init; }

    /// <summary>Which steps were taken: the first entry is step 1 of the trace. Empty if the run has no records.</summary>
    public IReadOnlyList<StepKey> StepOrder => StepLog?.Taken ?? [];

    /// <summary>What could be done at each step and what was; null without a record.</summary>
    internal StepLog? StepLog { get; init; }

    /// <summary>
    /// A hash of what was decided and what was possible: the same for the same schedule, whether or not it was recorded, and whether
    /// or not it was asked what work costs when it costs nothing.
    /// </summary>
    public ulong ScheduleHash
    {
        get
        {
            // FNV-1a (Fowler, Noll, Vo), a decision at a time, and mixed once more.
            var hash = 0xCBF29CE484222325UL;
            for (var i = 0; i < Decisions.Count; i++)
            {
                var decision = Decisions[i];
                if (decision.Kind == DecisionKind.Cost)
                {
                    if (decision.Value == 0)
                    {
                        continue;
                    }

                    hash ^= (ulong)i;
                }

                hash = unchecked((hash ^ (((ulong)decision.Kind << 62) | ((ulong)decision.Bound << 31) | (uint)decision.Value)) * 0x100000001B3UL);
                hash ^= hash >> 32;
            }

            return SplitMix64.Mix(hash);
        }
    }

    /// <summary>The strategy that makes this run again, decision for decision.</summary>
    public IStrategy ToStrategy() => new ListStrategy([.. Decisions.Select(static decision => decision.Value)], PricesWork);

    /// <summary>The decisions in short.</summary>
    public DecisionScript Script => DecisionScript.Of(Decisions);
}

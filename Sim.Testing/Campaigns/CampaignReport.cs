using Sim.World;

namespace Sim.Testing;

/// <summary>What a campaign found.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Runs">How many schedules were tried, the failing one included.</param>
/// <param name="DistinctSchedules">
/// How many different lists of decisions they made (told apart by a hash of 64 bits); some of them may come to the same.
/// </param>
/// <param name="VirtualTime">How much virtual time they took in all.</param>
/// <param name="Found">The run that failed, as it was found; null when all held.</param>
/// <param name="FoundSeed">Its seed, if it was found by one.</param>
/// <param name="Shrunk">The smallest run that fails in the same way; null when all held.</param>
/// <param name="ShrinkRuns">How many runs shrinking took.</param>
public sealed record CampaignReport(
    Scenario Scenario,
    int Runs,
    int DistinctSchedules,
    TimeSpan VirtualTime,
    RunReport? Found,
    long FoundSeed,
    RunReport? Shrunk,
    int ShrinkRuns)
{
    /// <summary>Whether every decision of the shrunk run is known to be needed (<see cref="Shrinker.IsMinimal"/>).</summary>
    public bool ShrunkIsMinimal { get; init; }

    /// <summary>What the runs have seen; null if that was not counted.</summary>
    public CampaignCoverage? Coverage { get; init; }

    /// <summary>Whether it has ended early because further runs would most likely show nothing new.</summary>
    public bool IsCovered { get; init; }

    /// <summary>Whether it has ended early because its time was up (<see cref="CampaignOptions.TimeBudget"/>).</summary>
    public bool IsOutOfTime { get; init; }

    /// <summary>The line of the corpus that fails again; null when the failure was found by a seed, or none was found.</summary>
    public ReplayLine? FromCorpus { get; init; }

    /// <summary>The pinned run that fails again; null when the failure was found otherwise, or none was found.</summary>
    public PinnedRun? FromPin { get; init; }

    /// <summary>The pinned runs that hold, but do not fit the code any more, and so guard nothing: a sentence for each.</summary>
    public IReadOnlyList<string> PinnedMisfits { get; init; } = [];

    /// <summary>What was dropped from the corpus, and why: a sentence for each.</summary>
    public IReadOnlyList<string> DroppedFromCorpus { get; init; } = [];

    /// <summary>Why the failure could not be kept in the corpus, in a sentence; null if it was, or none was found.</summary>
    public string? NotKept { get; init; }

    /// <summary>
    /// Statics of the scenario's code that a run changes, by name: <c>Bank._nextId</c>. As long as no trace shows it, a run is still
    /// a function of its decisions.
    /// </summary>
    public IReadOnlyList<string> LeakyStatics { get; init; } = [];

    /// <summary>
    /// What was still alive at the end of the first run that left something behind (<see cref="RunReport.LeftTasks"/>).
    /// </summary>
    public IReadOnlyList<string> LeftTasks { get; init; } = [];

    /// <summary>What an exhaustive search has counted; null where seeds were tried, or it did not come to a search.</summary>
    public ExhaustiveReport? Search { get; init; }

    /// <summary>Why <see cref="Shrunk"/> fails; null when all runs held, or it cannot be replayed.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>Whether all runs held.</summary>
    public bool Held => Found is null;

    /// <summary>
    /// Whether it came as the scenario says: it holds, or it must fail and does. A run that is not a function of its
    /// decisions is never as expected.
    /// </summary>
    public bool AsExpected => Scenario.MustFail is null
        ? Held
        : Found is { Failure.Kind: not (FailureKind.Nondeterministic or FailureKind.Escaped) };

    /// <summary>The line that replays the shrunk failure; null when all runs held or the run cannot be replayed.</summary>
    public ReplayLine? Replay => Shrunk is { Failure.Kind: not (FailureKind.Nondeterministic or FailureKind.Escaped) } ? ReplayLine.Of(Scenario, Shrunk) : null;
}

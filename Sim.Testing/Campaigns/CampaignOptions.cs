using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>How a scenario is explored.</summary>
public sealed record CampaignOptions
{
    /// <summary>How many schedules to try at most; the first failure ends the campaign.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>The seed of the first run; the others count up from it. Seed 0 is first in, first out.</summary>
    public long Seed { get; init; }

    /// <summary>Which strategies the seeds stand for; a name is read by <see cref="StrategyFamilies.Parse"/>.</summary>
    public IStrategyFamily Strategy { get; init; } = StrategyFamilies.Portfolio;

    /// <summary>
    /// Makes every schedule, or one of each happens-before class, up to <see cref="Runs"/>, instead of those that seeds stand for;
    /// null for those.
    /// </summary>
    public ExhaustiveOptions? Exhaustive { get; init; }

    /// <summary>
    /// How often the first run is repeated, to find out whether it is deterministic: a coin that something outside throws
    /// once in a run falls the same way 16 times with a chance of 1 to 65,536. Long runs are repeated less often.
    /// </summary>
    public int Repetitions { get; init; } = 16;

    /// <summary>
    /// Of the further runs every one in so many is recorded, repeated once and compared, event for event; the others are made
    /// without a record.
    /// </summary>
    public int CheckEvery { get; init; } = 16;

    /// <summary>How many runs may be spent on shrinking a failure.</summary>
    public int ShrinkBudget { get; init; } = 5_000;

    /// <summary>Whether a failure is explained, by some hundred runs more.</summary>
    public bool Explains { get; init; } = true;

    /// <summary>
    /// How many threads make runs. The report does not depend on it, as long as runs share nothing: what they have in common is
    /// static state, of which every worker has its own if the scenario has <see cref="Scenario.ForWorker"/>.
    /// </summary>
    public int Workers { get; init; } = 1;

    /// <summary>
    /// Whether to count which happens-before classes and hand-overs the runs have seen: every second run, which costs up to half as
    /// much again, or with <see cref="StopWhenCovered"/> every run.
    /// </summary>
    public bool CountsCoverage { get; init; } = true;

    /// <summary>
    /// Whether to end early when a further run would most likely show nothing new: when it is of a new happens-before class with a
    /// chance of at most 1 in 1,000, after 1,024 runs or more. <see cref="Runs"/> is then the most that is made.
    /// </summary>
    public bool StopWhenCovered { get; init; }

    /// <summary>
    /// How long to search, in real time; <see cref="Runs"/> is then the most that is made. Asked after every run, so that one run is
    /// always made and the last one ends; what is found is then shrunk and explained beyond it. How many runs fit depends on the
    /// machine and on <see cref="Workers"/>; what each of them is, and that the first failing seed is the one that is told, do not.
    /// Null = no end.
    /// </summary>
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Measures <see cref="TimeBudget"/>; nothing else asks it.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>
    /// The folder of the failures found before, which are made again first; what is found is added. Null = none. A scenario that
    /// must fail has none: its bug is there to be searched for.
    /// </summary>
    public string? Corpus { get; init; }

    /// <summary>Throws when a value makes no sense.</summary>
    /// <exception cref="ScenarioException">The message names the value.</exception>
    public void Validate()
    {
        Require(Runs >= 1, nameof(Runs), Runs, "at least 1");
        Require(Seed >= 0, nameof(Seed), Seed, "0 or more");
        Require(Seed <= long.MaxValue - Runs, nameof(Seed), Seed, "small enough to count up from");
        Require(Repetitions >= 0, nameof(Repetitions), Repetitions, "0 or more");
        Require(CheckEvery >= 1, nameof(CheckEvery), CheckEvery, "at least 1");
        Require(Workers >= 1, nameof(Workers), Workers, "at least 1");
        Require(TimeBudget is null || TimeBudget >= TimeSpan.Zero, nameof(TimeBudget), TimeBudget?.Ticks ?? 0, "0 or more");
        if (Exhaustive is not null && TimeBudget is not null)
        {
            throw new ScenarioException(
                "A TimeBudget is for a search by seeds: an exhaustive one is not done before it is complete. Set Runs instead.");
        }

        if (Exhaustive is { Preemptions: not null, Reduction: not Reduction.None })
        {
            throw new ScenarioException("A bound on preemptions and a reduction together would miss schedules: set Reduction to None.");
        }

        Require(Exhaustive?.Preemptions is not < 0, "Preemptions", Exhaustive?.Preemptions ?? 0, "0 or more");
        Require(ShrinkBudget >= 0, nameof(ShrinkBudget), ShrinkBudget, "0 or more");
        if (StopWhenCovered && !CountsCoverage)
        {
            throw new ScenarioException("StopWhenCovered needs CountsCoverage: what is not counted is never enough.");
        }
    }

    private static void Require(bool holds, string name, long value, string what)
    {
        if (!holds)
        {
            throw new ScenarioException($"{name} is {value}, but must be {what}.");
        }
    }
}

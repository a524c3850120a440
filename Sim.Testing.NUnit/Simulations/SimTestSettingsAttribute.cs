using NUnit.Framework;
using Sim.World;

namespace Sim.Testing.NUnit;

/// <summary>
/// How a simulated test is explored. What an attribute on the test does not set, one on its fixture does, then one on the assembly,
/// then the defaults that stand here.
/// </summary>
public abstract class SimTestSettingsAttribute : NUnitAttribute
{
    private protected SimTestSettingsAttribute()
    {
    }

    /// <summary>What was set here, and nothing else.</summary>
    internal SimTestSettings Settings { get; private set; } = new();

    /// <summary>
    /// How many schedules to try, 1 by default. The first is first in first out, the others are those of <see cref="Strategy"/>. 1 is
    /// a plain unit test on virtual time. With <see cref="Exhaustive"/> or <see cref="UntilCovered"/> the most, 100,000 by default.
    /// </summary>
    public int Runs
    {
        get => Settings.Runs ?? Settings.DefaultRuns;
        set => Settings = Settings with { Runs = value };
    }

    /// <summary>
    /// The strategy that decides, by a name that <see cref="StrategyFamilies.Parse"/> knows; <c>portfolio</c> by default.
    /// </summary>
    public string Strategy
    {
        get => Settings.Strategy ?? StrategyFamilies.Portfolio.Name;
        set => Settings = Settings with { Strategy = value };
    }

    /// <summary>The seed of the first run; the others count up from it. Seed 0, the default, is first in, first out.</summary>
    public long Seed
    {
        get => Settings.Seed ?? 0;
        set => Settings = Settings with { Seed = value };
    }

    /// <summary>How many steps a run may take; by default as many as <see cref="SimulationOptions.StepLimit"/> says.</summary>
    public long StepLimit
    {
        get => Settings.StepLimit ?? new SimulationOptions().StepLimit;
        set => Settings = Settings with { StepLimit = value };
    }

    /// <summary>
    /// How much virtual time a run may take: <c>250ms</c>, <c>30s</c>, <c>5min</c>, <c>2h</c>, <c>1d</c>. Real time has no limit. By
    /// default as much as <see cref="SimulationOptions.TimeLimit"/> says.
    /// </summary>
    public string? TimeLimit
    {
        get => Settings.TimeLimit;
        set => Settings = Settings with { TimeLimit = value };
    }

    /// <summary>Whether work takes no time in any schedule. See <see cref="SimulationOptions.InstantWork"/>.</summary>
    public bool InstantWork
    {
        get => Settings.InstantWork ?? false;
        set => Settings = Settings with { InstantWork = value };
    }

    /// <summary>Whether a run fails that leaves tasks behind. See <see cref="SimulationOptions.LeakedTasksFail"/>.</summary>
    public bool LeakedTasksFail
    {
        get => Settings.LeakedTasksFail ?? false;
        set => Settings = Settings with { LeakedTasksFail = value };
    }

    /// <summary>
    /// Whether to make every schedule, or one of each happens-before class, instead of some; if there are more than
    /// <see cref="Runs"/>, the test fails, because nothing is proved.
    /// </summary>
    public bool Exhaustive
    {
        get => Settings.Exhaustive ?? false;
        set => Settings = Settings with { Exhaustive = value };
    }

    /// <summary>With <see cref="Exhaustive"/>: only schedules of at most so many preemptions; -1, the default, for any number.</summary>
    public int Preemptions
    {
        get => Settings.Preemptions ?? SimTestSettings.AnyNumber;
        set => Settings = Settings with { Preemptions = value };
    }

    /// <summary>
    /// Whether to end when a further run would most likely show nothing new. See <see cref="CampaignOptions.StopWhenCovered"/>.
    /// </summary>
    public bool UntilCovered
    {
        get => Settings.UntilCovered ?? false;
        set => Settings = Settings with { UntilCovered = value };
    }

    /// <summary>
    /// How many threads make runs, 1 by default: the runner has other tests for the other cores. With more, runs must share no static
    /// state and nothing that a one-time set-up has made.
    /// </summary>
    public int Workers
    {
        get => Settings.Workers ?? 1;
        set => Settings = Settings with { Workers = value };
    }

    /// <summary>
    /// Whether failures are kept in <c>.sim/corpus</c> beside the project, and made again first the next time. Off by default: a unit
    /// test then depends on nothing but its code. <c>sim fuzz</c> has the same corpus, and has it on.
    /// </summary>
    public bool Corpus
    {
        get => Settings.Corpus ?? false;
        set => Settings = Settings with { Corpus = value };
    }
}

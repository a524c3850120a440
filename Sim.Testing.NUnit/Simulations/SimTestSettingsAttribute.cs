using NUnit.Framework;
using Sim.World;

namespace Sim.Testing.NUnit;

/// <summary>
/// How a simulated test is explored: which runs are made, and how many.
/// </summary>
public abstract class SimTestSettingsAttribute : RunSettingsAttribute
{
    private protected SimTestSettingsAttribute()
    {
    }

    /// <summary>What was set here, and nothing else.</summary>
    internal SimTestSettings Settings { get => field with { Run = RunSettings }; private set; } = new();

    /// <summary>
    /// How many schedules to try, 1 by default. The first is first in first out, the others are those of
    /// <see cref="RunSettingsAttribute.Strategy"/>. 1 is a plain unit test on virtual time. With <see cref="Exhaustive"/> or
    /// <see cref="UntilCovered"/> the most, 100,000 by default.
    /// </summary>
    public int Runs
    {
        get => Settings.Runs ?? Settings.DefaultRuns;
        set => Settings = Settings with { Runs = value };
    }

    /// <summary>The seed of the first run; the others count up from it. Seed 0, the default, is first in, first out.</summary>
    public long Seed
    {
        get => Settings.Seed ?? 0;
        set => Settings = Settings with { Seed = value };
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

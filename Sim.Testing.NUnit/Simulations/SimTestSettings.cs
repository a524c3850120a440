using System.Reflection;
using Sim.World;

namespace Sim.Testing.NUnit;

/// <summary>What attributes have set of how a test is explored; null for what they have not.</summary>
internal sealed record SimTestSettings
{
    /// <summary>No bound on preemptions.</summary>
    public const int AnyNumber = -1;

    /// <summary>How many runs are made at most where an end is in sight, if nobody says.</summary>
    private const int MostRuns = 100_000;

    public RunSettings Run { get; init; } = new();

    public int? Runs { get; init; }

    public long? Seed { get; init; }

    public bool? Exhaustive { get; init; }

    public int? Preemptions { get; init; }

    public bool? UntilCovered { get; init; }

    public int? Workers { get; init; }

    public bool? Corpus { get; init; }

    public int DefaultRuns => Exhaustive == true || UntilCovered == true ? MostRuns : 1;

    /// <summary>These, and where nothing is set, those of the fixture's class, its base classes and its assembly.</summary>
    public SimTestSettings Under(Type fixture) => RunSettingsAttribute.Around<SimTestsAttribute>(fixture)
        .Aggregate(this, static (settings, outer) => settings.Over(outer.Settings));

    /// <summary>How the campaign is made.</summary>
    /// <param name="assembly">The test's, beside whose project the corpus is.</param>
    /// <exception cref="ScenarioException">A value makes no sense; the message names it.</exception>
    public CampaignOptions ToCampaignOptions(Assembly? assembly)
    {
        var options = new CampaignOptions
        {
            Runs = Runs ?? DefaultRuns,
            Seed = Seed ?? 0,
            Workers = Workers ?? 1,
            Strategy = Run.ToFamily(),
            StopWhenCovered = UntilCovered == true,
            Corpus = Corpus == true ? ProjectFolder.CorpusOf(assembly) : null,
            Exhaustive = ReadExhaustive(),
        };
        options.Validate();
        return options;
    }

    // Who asks for an end in sight, or for all schedules, does not mean the number or the choice of those who do not.
    private SimTestSettings Over(SimTestSettings other) => new()
    {
        Runs = Runs ?? (Exhaustive == true || UntilCovered == true ? null : other.Runs),
        Run = Run.Over(Exhaustive == true ? other.Run with { Strategy = null } : other.Run),
        Seed = Seed ?? (Exhaustive == true ? null : other.Seed),
        Exhaustive = Exhaustive ?? other.Exhaustive,
        Preemptions = Preemptions ?? other.Preemptions,
        UntilCovered = UntilCovered ?? (Exhaustive == true ? null : other.UntilCovered),
        Workers = Workers ?? (Exhaustive == true ? null : other.Workers),
        Corpus = Corpus ?? other.Corpus,
    };

    private ExhaustiveOptions? ReadExhaustive()
    {
        var isBounded = Preemptions is { } bound && bound != AnyNumber;
        if (Exhaustive != true)
        {
            return isBounded ? throw new ScenarioException("Preemptions means something with Exhaustive = true only.") : null;
        }

        if (Run.Strategy is not null || Seed is not null || UntilCovered == true || Workers > 1)
        {
            throw new ScenarioException("Exhaustive makes all schedules: Strategy, Seed, UntilCovered and Workers mean nothing beside it.");
        }

        return isBounded
            ? new ExhaustiveOptions { Preemptions = Preemptions, Reduction = Reduction.None }
            : new ExhaustiveOptions();
    }
}

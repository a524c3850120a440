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

    public int? Runs { get; init; }

    public string? Strategy { get; init; }

    public long? Seed { get; init; }

    public long? StepLimit { get; init; }

    public string? TimeLimit { get; init; }

    public bool? InstantWork { get; init; }

    public bool? LeakedTasksFail { get; init; }

    public bool? Exhaustive { get; init; }

    public int? Preemptions { get; init; }

    public bool? UntilCovered { get; init; }

    public int? Workers { get; init; }

    public bool? Corpus { get; init; }

    public int DefaultRuns => Exhaustive == true || UntilCovered == true ? MostRuns : 1;

    /// <summary>These, and where nothing is set, those of the fixture's class, its base classes and its assembly.</summary>
    public SimTestSettings Under(Type fixture)
    {
        var settings = this;
        for (var level = fixture; level is not null; level = level.BaseType)
        {
            settings = settings.Over(level.GetCustomAttribute<SimTestsAttribute>(inherit: false)?.Settings);
        }

        return settings.Over(fixture.Assembly.GetCustomAttribute<SimTestsAttribute>()?.Settings);
    }

    /// <summary>The limits of a run.</summary>
    /// <exception cref="ScenarioException">A value makes no sense; the message names it.</exception>
    public SimulationOptions ToSimulationOptions()
    {
        var options = new SimulationOptions { InstantWork = InstantWork == true, LeakedTasksFail = LeakedTasksFail == true };
        if (StepLimit is { } steps)
        {
            options = steps >= 1
                ? options with { StepLimit = steps }
                : throw new ScenarioException($"StepLimit is {steps}, but must be at least 1.");
        }

        return TimeLimit is { } text ? options with { TimeLimit = LengthText.Parse(nameof(TimeLimit), text) } : options;
    }

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
            Strategy = ParseStrategy(),
            StopWhenCovered = UntilCovered == true,
            Corpus = Corpus == true ? ProjectFolder.CorpusOf(assembly) : null,
            Exhaustive = ReadExhaustive(),
        };
        options.Validate();
        return options;
    }

    // Who asks for an end in sight, or for all schedules, does not mean the number or the choice of those who do not.
    private SimTestSettings Over(SimTestSettings? other) => other is null ? this : new SimTestSettings
    {
        Runs = Runs ?? (Exhaustive == true || UntilCovered == true ? null : other.Runs),
        Strategy = Strategy ?? (Exhaustive == true ? null : other.Strategy),
        Seed = Seed ?? (Exhaustive == true ? null : other.Seed),
        StepLimit = StepLimit ?? other.StepLimit,
        TimeLimit = TimeLimit ?? other.TimeLimit,
        InstantWork = InstantWork ?? other.InstantWork,
        LeakedTasksFail = LeakedTasksFail ?? other.LeakedTasksFail,
        Exhaustive = Exhaustive ?? other.Exhaustive,
        Preemptions = Preemptions ?? other.Preemptions,
        UntilCovered = UntilCovered ?? (Exhaustive == true ? null : other.UntilCovered),
        Workers = Workers ?? (Exhaustive == true ? null : other.Workers),
        Corpus = Corpus ?? other.Corpus,
    };

    private IStrategyFamily ParseStrategy()
    {
        if (Strategy is not { } name)
        {
            return StrategyFamilies.Portfolio;
        }

        try
        {
            return StrategyFamilies.Parse(name);
        }
        catch (FormatException)
        {
            var hint = NearestWord.Hint(name, StrategyFamilies.Names.Split(", "));
            throw new ScenarioException($"Strategy is '{name}', which is none. {hint}");
        }
    }

    private ExhaustiveOptions? ReadExhaustive()
    {
        var isBounded = Preemptions is { } bound && bound != AnyNumber;
        if (Exhaustive != true)
        {
            return isBounded ? throw new ScenarioException("Preemptions means something with Exhaustive = true only.") : null;
        }

        if (Strategy is not null || Seed is not null || UntilCovered == true || Workers > 1)
        {
            throw new ScenarioException("Exhaustive makes all schedules: Strategy, Seed, UntilCovered and Workers mean nothing beside it.");
        }

        return isBounded
            ? new ExhaustiveOptions { Preemptions = Preemptions, Reduction = Reduction.None }
            : new ExhaustiveOptions();
    }
}

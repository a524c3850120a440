using Sim.World;

namespace Sim.Testing;

/// <summary>
/// What attributes have set of the runs of a test, whatever kind of test it is; null for what they have not. Immutable.
/// </summary>
public sealed record RunSettings
{
    /// <summary>The strategy that decides, by a name that <see cref="StrategyFamilies.Parse"/> knows.</summary>
    public string? Strategy { get; init; }

    /// <summary>How many steps a run may take.</summary>
    public long? StepLimit { get; init; }

    /// <summary>How much virtual time a run may take: <c>250ms</c>, <c>30s</c>, <c>5min</c>, <c>2h</c>, <c>1d</c>.</summary>
    public string? TimeLimit { get; init; }

    /// <summary>Whether work takes no time in any schedule.</summary>
    public bool? InstantWork { get; init; }

    /// <summary>Whether a run fails that leaves tasks behind.</summary>
    public bool? LeakedTasksFail { get; init; }

    /// <summary>These, and where nothing is set, others.</summary>
    public RunSettings Over(RunSettings other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new RunSettings
        {
            Strategy = Strategy ?? other.Strategy,
            StepLimit = StepLimit ?? other.StepLimit,
            TimeLimit = TimeLimit ?? other.TimeLimit,
            InstantWork = InstantWork ?? other.InstantWork,
            LeakedTasksFail = LeakedTasksFail ?? other.LeakedTasksFail,
        };
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

    /// <summary>The family of the strategy; the portfolio if none is set.</summary>
    /// <exception cref="ScenarioException">There is none of that name; the message has the nearest.</exception>
    public IStrategyFamily ToFamily()
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
}

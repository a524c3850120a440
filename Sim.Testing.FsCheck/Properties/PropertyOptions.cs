using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>How a property is checked. Every choice is visible here.</summary>
public sealed record PropertyOptions
{
    /// <summary>How many samples of data FsCheck draws.</summary>
    public int MaxTest { get; init; } = 100;

    /// <summary>How large the last samples are, in FsCheck's sense; the first have size 1.</summary>
    public int EndSize { get; init; } = 100;

    /// <summary>Under how many schedules each sample is run. The first is first in, first out.</summary>
    public int Schedules { get; init; } = 5;

    /// <summary>Of which family the other schedules are.</summary>
    public IStrategyFamily Strategy { get; init; } = StrategyFamilies.Portfolio;

    /// <summary>FsCheck's own replay string, as a failure prints it: <c>(seed,gamma,size)</c>. Null = from a new seed.</summary>
    public string? Replay { get; init; }

    /// <summary>Why the property must fail: it holds a planted bug. Null for one that must hold.</summary>
    public string? MustFail { get; init; }

    /// <summary>The limits of each run; the strategy is the property's.</summary>
    public SimulationOptions Simulation { get; init; } = new();

    /// <exception cref="ScenarioException">An option makes no sense; the message is one line.</exception>
    internal void Validate()
    {
        (string, int)[] counts = [(nameof(MaxTest), MaxTest), (nameof(EndSize), EndSize), (nameof(Schedules), Schedules)];
        foreach (var (name, value) in counts)
        {
            if (value < 1)
            {
                throw new ScenarioException($"{name} is {value}, but must be at least 1.");
            }
        }

        if (Replay is not null)
        {
            FsCheckReplay.Parse(Replay);
        }
    }
}

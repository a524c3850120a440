using NUnit.Framework;
using Sim.World;

namespace Sim.Testing.FsCheck;

/// <summary>
/// What can be set for one property (<see cref="SimPropertyAttribute"/>) and for all properties of a class
/// (<see cref="SimPropertiesAttribute"/>). 0 and null mean: as the class says, or by default.
/// </summary>
public abstract class PropertySettingsAttribute : NUnitAttribute
{
    /// <summary>How many samples of data FsCheck draws; 100 by default.</summary>
    public int MaxTest { get; set; }

    /// <summary>How large the last samples are, in FsCheck's sense; 100 by default.</summary>
    public int EndSize { get; set; }

    /// <summary>Under how many schedules each sample is run; 5 by default. The first is first in, first out.</summary>
    public int Schedules { get; set; }

    /// <summary>The strategy of the other schedules, by a name that <see cref="StrategyFamilies.Parse"/> knows.</summary>
    public string? Strategy { get; set; }

    /// <summary>How many steps a run may take. See <see cref="SimulationOptions.StepLimit"/>.</summary>
    public long StepLimit { get; set; }

    /// <summary>Whether work takes no time in any schedule. See <see cref="SimulationOptions.InstantWork"/>.</summary>
    public bool InstantWork { get; set; }

    /// <summary>
    /// Types whose public static members make arbitraries, as FsCheck takes them. Schedules, delays, fault plans and timing programs
    /// are known without.
    /// </summary>
    public Type[] Arbitrary { get; set; } = [];

    /// <summary>The options, where what is not set is taken from the settings of the class.</summary>
    internal PropertyOptions ToOptions(PropertySettingsAttribute? ofClass)
    {
        var usual = new PropertyOptions();
        var simulation = usual.Simulation with { InstantWork = InstantWork || ofClass is { InstantWork: true } };
        var steps = Either(StepLimit, ofClass?.StepLimit, simulation.StepLimit);
        return usual with
        {
            MaxTest = (int)Either(MaxTest, ofClass?.MaxTest, usual.MaxTest),
            EndSize = (int)Either(EndSize, ofClass?.EndSize, usual.EndSize),
            Schedules = (int)Either(Schedules, ofClass?.Schedules, usual.Schedules),
            Strategy = (Strategy ?? ofClass?.Strategy) is { } strategy ? StrategyFamilies.Parse(strategy) : usual.Strategy,
            Simulation = simulation with { StepLimit = steps },
        };
    }

    private static long Either(long own, long? ofClass, long usual) => own != 0 ? own : ofClass is { } set and not 0 ? set : usual;
}

using Sim.Testing.NUnit;

namespace Sim.Testing.FsCheck;

/// <summary>
/// What can be set for one property (<see cref="SimPropertyAttribute"/>) and for all properties of a class or an assembly
/// (<see cref="SimPropertiesAttribute"/>).
/// </summary>
public abstract class PropertySettingsAttribute : RunSettingsAttribute
{
    private static readonly PropertyOptions _usual = new();
    private int? _maxTest;
    private int? _endSize;
    private int? _schedules;

    /// <summary>How many samples of data FsCheck draws; 100 by default.</summary>
    public int MaxTest
    {
        get => _maxTest ?? _usual.MaxTest;
        set => _maxTest = value;
    }

    /// <summary>How large the last samples are, in FsCheck's sense; 100 by default.</summary>
    public int EndSize
    {
        get => _endSize ?? _usual.EndSize;
        set => _endSize = value;
    }

    /// <summary>Under how many schedules each sample is run; 5 by default. The first is first in, first out.</summary>
    public int Schedules
    {
        get => _schedules ?? _usual.Schedules;
        set => _schedules = value;
    }

    /// <summary>
    /// Types whose public static members make arbitraries, as FsCheck takes them. Schedules, delays, fault plans and timing programs
    /// are known without.
    /// </summary>
    public Type[] Arbitrary { get; set; } = [];

    /// <summary>The options on a fixture, where what is not set is taken from what is around it.</summary>
    /// <exception cref="ScenarioException">A value makes no sense; the message names it.</exception>
    internal PropertyOptions ToOptions(Type fixture)
    {
        PropertySettingsAttribute[] all = [this, .. Around<SimPropertiesAttribute>(fixture)];
        var run = all.Select(static one => one.RunSettings).Aggregate(static (own, outer) => own.Over(outer));
        return new PropertyOptions
        {
            MaxTest = First(all, static one => one._maxTest) ?? _usual.MaxTest,
            EndSize = First(all, static one => one._endSize) ?? _usual.EndSize,
            Schedules = First(all, static one => one._schedules) ?? _usual.Schedules,
            Strategy = run.ToFamily(),
            Simulation = run.ToSimulationOptions(),
        };
    }

    /// <summary>The types that hold arbitraries, the nearest to the property last: it goes ahead.</summary>
    internal IReadOnlyList<Type> ArbitrariesOn(Type fixture) =>
        [.. Around<SimPropertiesAttribute>(fixture).Prepend(this).Reverse().SelectMany(static one => one.Arbitrary)];

    private static int? First(PropertySettingsAttribute[] all, Func<PropertySettingsAttribute, int?> value) =>
        all.Select(value).FirstOrDefault(static set => set is not null);
}

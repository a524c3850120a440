using System.Reflection;
using NUnit.Framework;
using Sim.World;

namespace Sim.Testing.NUnit;

/// <summary>
/// What every kind of simulated test sets of its runs. What an attribute on the test does not set, one on its fixture does, then
/// those on the base classes, then one on the assembly, then the defaults.
/// </summary>
public abstract class RunSettingsAttribute : NUnitAttribute
{
    /// <summary>What was set here, and nothing else.</summary>
    protected internal RunSettings RunSettings { get; private set; } = new();

    /// <summary>
    /// The strategy that decides, by a name that <see cref="StrategyFamilies.Parse"/> knows; <c>portfolio</c> by default.
    /// </summary>
    public string Strategy
    {
        get => RunSettings.Strategy ?? StrategyFamilies.Portfolio.Name;
        set => RunSettings = RunSettings with { Strategy = value };
    }

    /// <summary>How many steps a run may take; by default as many as <see cref="SimulationOptions.StepLimit"/> says.</summary>
    public long StepLimit
    {
        get => RunSettings.StepLimit ?? new SimulationOptions().StepLimit;
        set => RunSettings = RunSettings with { StepLimit = value };
    }

    /// <summary>
    /// How much virtual time a run may take: <c>250ms</c>, <c>30s</c>, <c>5min</c>, <c>2h</c>, <c>1d</c>. Real time has no limit. By
    /// default as much as <see cref="SimulationOptions.TimeLimit"/> says.
    /// </summary>
    public string? TimeLimit
    {
        get => RunSettings.TimeLimit;
        set => RunSettings = RunSettings with { TimeLimit = value };
    }

    /// <summary>Whether work takes no time in any schedule. See <see cref="SimulationOptions.InstantWork"/>.</summary>
    public bool InstantWork
    {
        get => RunSettings.InstantWork ?? false;
        set => RunSettings = RunSettings with { InstantWork = value };
    }

    /// <summary>Whether a run fails that leaves tasks behind. See <see cref="SimulationOptions.LeakedTasksFail"/>.</summary>
    public bool LeakedTasksFail
    {
        get => RunSettings.LeakedTasksFail ?? false;
        set => RunSettings = RunSettings with { LeakedTasksFail = value };
    }

    /// <summary>The attributes of a kind on a fixture, its base classes and its assembly, the nearest first.</summary>
    protected internal static IEnumerable<TAttribute> Around<TAttribute>(Type fixture)
        where TAttribute : RunSettingsAttribute
    {
        for (var level = fixture; level is not null; level = level.BaseType)
        {
            if (level.GetCustomAttribute<TAttribute>(inherit: false) is { } ofClass)
            {
                yield return ofClass;
            }
        }

        if (fixture?.Assembly.GetCustomAttribute<TAttribute>() is { } ofAssembly)
        {
            yield return ofAssembly;
        }
    }
}

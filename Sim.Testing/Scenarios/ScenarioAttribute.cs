using System.Reflection;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// Makes a scenario of a public static async method without parameters. <c>sim fuzz</c> and the scenario tests find it by
/// this attribute.
/// </summary>
/// <param name="name">The name in reports and replay lines; by default the name of the method.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScenarioAttribute(string? name = null) : Attribute, IScenarioSource
{
    /// <summary>The name, if one was given.</summary>
    public string? Name { get; } = name;

    /// <summary>For a scenario with a planted bug: why it must fail. See <see cref="Scenario.MustFail"/>.</summary>
    public string? MustFail { get; set; }

    /// <summary>Whether work takes no time in any schedule. See <see cref="SimulationOptions.InstantWork"/>.</summary>
    public bool InstantWork { get; set; }

    /// <summary>Whether a run fails that leaves tasks behind. See <see cref="SimulationOptions.LeakedTasksFail"/>.</summary>
    public bool LeakedTasksFail { get; set; }

    /// <inheritdoc/>
    public Scenario MakeScenario(MethodInfo method)
    {
        ArgumentNullException.ThrowIfNull(method);
        var where = $"{method.DeclaringType?.Name}.{method.Name}";
        if (!method.IsStatic || method.GetParameters().Length > 0 || method.ContainsGenericParameters)
        {
            throw new ScenarioException($"[Scenario] on {where}: a scenario is a static method without parameters.");
        }

        return new Scenario(Name ?? method.Name, AsyncMethods.Bind(method, target: null, []))
        {
            MustFail = MustFail,
            Code = method,
            Pinned = PinnedRun.On(method),
            Options = new SimulationOptions { InstantWork = InstantWork, LeakedTasksFail = LeakedTasksFail },
        };
    }
}

using System.Reflection;

namespace Sim.Testing;

/// <summary>The scenarios of an assembly, in the order of their names.</summary>
public static class ScenarioCatalog
{
    /// <summary>All methods of the assembly that carry an attribute which makes a scenario of them.</summary>
    /// <exception cref="ScenarioException">A method cannot be a scenario, or two have the same name.</exception>
    public static IReadOnlyList<Scenario> In(Assembly assembly) =>
        In(assembly, static (_, reason) => throw reason);

    /// <summary>As above, but tests that only their own runner can run are left out.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="leftOut">Why, a sentence for each of them.</param>
    /// <exception cref="ScenarioException">A <c>[Scenario]</c> cannot be one, or two have the same name.</exception>
    public static IReadOnlyList<Scenario> In(Assembly assembly, out IReadOnlyList<string> leftOut)
    {
        var reasons = new List<string>();
        leftOut = reasons;
        return In(assembly, (source, reason) =>
        {
            // [Scenario] has no other runner: left out, it would be run by nobody.
            if (source is ScenarioAttribute)
            {
                throw reason;
            }

            reasons.Add(reason.Message);
        });
    }

    private static List<Scenario> In(Assembly assembly, Action<IScenarioSource, ScenarioException> refuse)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var found = new List<Scenario>();
        foreach (var type in assembly.GetTypes())
        {
            foreach (var method in type.GetMethods(All))
            {
                foreach (var source in method.GetCustomAttributes(false).OfType<IScenarioSource>())
                {
                    try
                    {
                        found.Add(source.MakeScenario(method));
                    }
                    catch (ScenarioException reason)
                    {
                        refuse(source, reason);
                    }
                }
            }
        }

        found.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        for (var i = 1; i < found.Count; i++)
        {
            if (found[i - 1].Name.Equals(found[i].Name, StringComparison.Ordinal))
            {
                throw new ScenarioException($"Two scenarios of {assembly.GetName().Name} are named '{found[i].Name}': give one another name.");
            }
        }

        return found;
    }

    /// <summary>The scenario with this name.</summary>
    /// <exception cref="ScenarioException">There is none; the message names the nearest and lists the others.</exception>
    public static Scenario Find(IReadOnlyList<Scenario> scenarios, string name)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        return scenarios.FirstOrDefault(scenario => scenario.Name.Equals(name, StringComparison.Ordinal))
            ?? throw new ScenarioException(
                $"There is no scenario '{name}'. {NearestWord.Hint(name, scenarios.Select(static scenario => scenario.Name))}");
    }
}

namespace Sim.Testing;

/// <summary>
/// Chooses scenarios by a pattern of their names: <c>*</c> stands for any letters,
/// <c>?</c> for one; case does not count.
/// </summary>
public static class ScenarioFilter
{
    /// <summary>The scenarios that match one of the patterns, in their order.</summary>
    /// <exception cref="ScenarioException">A pattern matches none; the message names the nearest name.</exception>
    public static IReadOnlyList<Scenario> Select(IReadOnlyList<Scenario> scenarios, IReadOnlyList<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(scenarios);
        ArgumentNullException.ThrowIfNull(patterns);
        foreach (var pattern in patterns)
        {
            if (!scenarios.Any(scenario => Matches(scenario.Name, pattern)))
            {
                var names = scenarios.Select(static scenario => scenario.Name);
                var hint = NearestWord.Hint(pattern.Replace("*", "", StringComparison.Ordinal), names);
                throw new ScenarioException($"No scenario matches '{pattern}'. {hint}");
            }
        }

        return [.. scenarios.Where(scenario => patterns.Any(pattern => Matches(scenario.Name, pattern)))];
    }

    // The last star may stand for more when what follows it does not fit: nothing before it need be tried again.
    internal static bool Matches(string name, string pattern)
    {
        int at = 0, next = 0, star = -1, from = 0;
        while (at < name.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                (star, from) = (next++, at);
            }
            else if (next < pattern.Length && (pattern[next] == '?'
                || char.ToLowerInvariant(pattern[next]) == char.ToLowerInvariant(name[at])))
            {
                (at, next) = (at + 1, next + 1);
            }
            else if (star < 0)
            {
                return false;
            }
            else
            {
                (next, at) = (star + 1, ++from);
            }
        }

        return pattern.AsSpan(next).Trim('*').IsEmpty;
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace Sim.Testing.FsCheck;

/// <summary>
/// How a sample of data is made again: where FsCheck's generator began, and which of the smaller samples that each one offers was
/// taken while shrinking. A part of the scenario's name, and so of the replay line.
/// </summary>
/// <param name="Origin">Where the generator began.</param>
/// <param name="Path">The candidate taken in each step of shrinking, from 0.</param>
internal sealed record SampleKey(FsCheckReplay Origin, ImmutableList<int> Path)
{
    private const string Mark = "-data.";

    /// <summary>The name of the scenario that is a property with this sample.</summary>
    public string NameOf(string property)
    {
        var path = string.Concat(Path.Select(static step => string.Create(CultureInfo.InvariantCulture, $".{step}")));
        return string.Create(CultureInfo.InvariantCulture, $"{property}{Mark}{Origin.Seed}.{Origin.Gamma}.{Origin.Size ?? 0}{path}");
    }

    /// <summary>Reads the name of a scenario; null if it is of another property.</summary>
    public static SampleKey? Parse(string property, string scenario)
    {
        if (!scenario.StartsWith(property + Mark, StringComparison.Ordinal))
        {
            return null;
        }

        var fields = scenario[(property.Length + Mark.Length)..].Split('.');
        if (fields.Length < 3
            || !ulong.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            || !ulong.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var gamma))
        {
            return null;
        }

        var numbers = new List<int>();
        foreach (var field in fields[2..])
        {
            if (!int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return new SampleKey(new FsCheckReplay(seed, gamma, numbers[0]), [.. numbers[1..]]);
    }
}

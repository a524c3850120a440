using System.Globalization;

namespace Sim.Testing;

/// <summary>Counts in sentences: "1 run", "2 runs", "the 3rd".</summary>
internal static class Counted
{
    /// <summary>The count with its noun, in the plural unless it is one.</summary>
    public static string Of(long count, string noun, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? noun : plural ?? $"{noun}s")}");

    /// <summary>The ordinal: 1st, 2nd, 3rd, 4th, 11th, 21st.</summary>
    public static string Nth(int number)
    {
        var ending = (number % 100 is > 10 and < 20 ? 0 : number % 10) switch
        {
            1 => "st",
            2 => "nd",
            3 => "rd",
            _ => "th",
        };
        return number.ToString(CultureInfo.InvariantCulture) + ending;
    }
}

using System.Globalization;

namespace Sim.Testing;

/// <summary>Lengths of virtual time as an attribute can hold them: a number and its unit.</summary>
internal static class LengthText
{
    private static readonly (string Name, TimeSpan Length)[] _units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("min", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads <c>250ms</c>, <c>30s</c>, <c>5min</c>, <c>2h</c>, <c>1d</c>.</summary>
    /// <exception cref="ScenarioException">It is none of that, not above zero, or longer than time has room for.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        foreach (var (name, length) in _units)
        {
            if (text[digits..].Trim() == name
                && long.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count >= 1 && count <= TimeSpan.MaxValue.Ticks / length.Ticks)
            {
                return length * count;
            }
        }

        throw new ScenarioException(
            $"{option} is '{text}', but must be a whole number and a unit, such as 250ms, 30s, 5min, 2h or 1d of virtual time.");
    }
}

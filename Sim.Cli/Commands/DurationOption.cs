using System.CommandLine;
using System.Globalization;

namespace Sim.Cli;

/// <summary>An option that takes a length of real time: a whole number and its unit.</summary>
internal sealed class DurationOption : Option<TimeSpan?>
{
    private const int MostDays = 30;

    private static readonly (string Unit, long Ticks)[] _units =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour),
    ];

    public DurationOption(string name, string description)
        : base(name)
    {
        HelpName = "TIME";
        Description = description;
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Parse(text) is { } length)
            {
                return length;
            }

            var meant = text.All(char.IsAsciiDigit) && Parse($"{text}s") is not null ? $" Did you mean '{text}s'?" : "";
            result.AddError(
                $"{name} is '{text}', but must be a whole number with its unit, ms, s, m or h, up to {MostDays} days: 30s, 5m.{meant}");
            return null;
        };
    }

    private static TimeSpan? Parse(string text)
    {
        foreach (var (unit, ticks) in _units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= 1 && number * (Int128)ticks <= MostDays * TimeSpan.TicksPerDay)
            {
                return TimeSpan.FromTicks(number * ticks);
            }
        }

        return null;
    }
}

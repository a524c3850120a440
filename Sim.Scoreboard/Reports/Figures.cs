using System.Globalization;

namespace Sim.Scoreboard;

/// <summary>How figures are written: a mean with one digit below 10; in brackets how often, if not always.</summary>
internal static class Figures
{
    public static string Mean(Cell cell) => cell.Mean is not { } mean
        ? $"0/{cell.Trials.Count}"
        : Number(mean) + (cell.Found < cell.Trials.Count ? $" ({cell.Found})" : "");

    public static string Number(double value) => value.ToString(value < 10 ? "F1" : "F0", CultureInfo.InvariantCulture);

    /// <summary>Schedules in a second, in thousands.</summary>
    public static string Speed(Cell cell) => cell.Speed.ToString("F0", CultureInfo.InvariantCulture);
}

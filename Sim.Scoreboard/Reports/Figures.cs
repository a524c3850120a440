using System.Globalization;

namespace Sim.Scoreboard;

/// <summary>How figures are written.</summary>
internal static class Figures
{
    /// <summary>With one digit behind the point below 10; in brackets in how many trials, if not in all.</summary>
    public static string Mean(Cell cell) => cell.Mean is not { } mean
        ? $"0/{cell.Trials.Count}"
        : Number(mean) + (cell.Found < cell.Trials.Count ? $" ({cell.Found})" : "");

    /// <summary>Ours : theirs, and the quotient if there is one.</summary>
    public static string Beside(Cell ours, PublishedCell theirs) =>
        $"{Mean(ours)} : {theirs.Text}" + (theirs.RatioOf(ours) is { } ratio ? $" *{Ratio(ratio)}*" : "");

    /// <summary>Schedules in a second.</summary>
    public static string Speed(Cell cell) => cell.Speed.ToString("N0", CultureInfo.InvariantCulture);

    public static string Ratio(double value) => value.ToString(value < 10 ? "0.0#" : "F0", CultureInfo.InvariantCulture);

    public static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(value < 10 ? "F1" : "F0", CultureInfo.InvariantCulture);
}

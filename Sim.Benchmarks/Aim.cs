using System.Globalization;

namespace Sim.Benchmarks;

/// <summary>Something to be reached.</summary>
/// <param name="Row">Of which workload.</param>
/// <param name="Words">What, in words.</param>
/// <param name="Bound">The number to reach.</param>
/// <param name="IsLimit">Whether it is a limit, and less is better.</param>
/// <param name="Value">The value; null where something that it needs was not measured.</param>
/// <param name="Obstacle">What stands in the way, shown where it is missed.</param>
internal sealed record Aim(
    string Row, string Words, double Bound, bool IsLimit, Func<Results, double?> Value, string Obstacle)
{
    /// <summary>A line of the table; null where it cannot be told.</summary>
    public string? Describe(Results results) => Value(results) is not { } value ? null
        : $"| {Words} | {Number(value)} | {((IsLimit ? value <= Bound : value >= Bound) ? "met" : $"**missed**: {Obstacle}")} |";

    private static string Number(double value) =>
        value >= 10_000 ? value.ToString("N0", CultureInfo.InvariantCulture) : Results.Number(value);
}

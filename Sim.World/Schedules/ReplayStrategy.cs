namespace Sim.World;

/// <summary>
/// Follows a recorded script. A deviation is recognised by its label: if the recorded value now stands for something
/// else, the value with the recorded label is taken; if there is none, the first such place is told in
/// <see cref="Mismatch"/> and the recorded value is taken, as far as it is possible: a task may just have another name.
/// </summary>
/// <param name="script">The recorded deviations.</param>
public sealed class ReplayStrategy(DecisionScript script) : IStrategy
{
    private int _next;
    private string? _mismatch;

    /// <inheritdoc/>
    public string Name => "replay";

    /// <summary>The first recorded decision that did not match this run, as a sentence; null when all did.</summary>
    public string? Mismatch => _mismatch ?? (_next < script.Count ? Unreached(script.Deviations[_next]) : null);

    /// <inheritdoc/>
    public void Begin()
    {
        _next = 0;
        _mismatch = null;
    }

    /// <inheritdoc/>
    public int Decide(in DecisionPoint point)
    {
        if (_next == script.Count || script.Deviations[_next].Index != point.Index)
        {
            return 0;
        }

        var wanted = script.Deviations[_next++];
        if (wanted.Value < point.Bound && Matches(point, wanted.Value, wanted.Label))
        {
            return wanted.Value;
        }

        for (var value = 0; value < point.Bound && point.Kind == DecisionKind.Order; value++)
        {
            if (Matches(point, value, wanted.Label))
            {
                return value;
            }
        }

        _mismatch ??= $"decision {wanted.Index} was '{wanted.Label}' when recorded; now the choice is {Choices(point)}";
        return wanted.Value < point.Bound ? wanted.Value : 0;
    }

    private static bool Matches(in DecisionPoint point, int value, string label) =>
        point.LabelOf(value).Equals(label, StringComparison.Ordinal);

    private static string Unreached(Deviation wanted) =>
        $"decision {wanted.Index} ('{wanted.Label}') was not reached: the run had fewer decisions than when recorded";

    private static string Choices(in DecisionPoint point)
    {
        if (point.Kind == DecisionKind.Draw)
        {
            return $"a draw of '{point.LabelOf(0)}' below {point.Bound}";
        }

        var labels = new List<string>();
        for (var value = 0; value < Math.Min(point.Bound, 5); value++)
        {
            labels.Add($"'{point.LabelOf(value)}'");
        }

        return string.Join(", ", labels) + (point.Bound > 5 ? $" and {point.Bound - 5} more" : "");
    }
}

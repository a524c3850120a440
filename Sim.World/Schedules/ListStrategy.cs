namespace Sim.World;

/// <summary>
/// Takes its values from a list, one for each decision, and the default after its end: what a property-testing library
/// generates and shrinks. A value beyond the bound wraps around, so that every list is a valid schedule.
/// </summary>
/// <param name="values">The values, not negative.</param>
/// <param name="pricesWork">Whether some of them are the costs of work.</param>
public sealed class ListStrategy(IReadOnlyList<int> values, bool pricesWork = false) : IStrategy
{
    /// <summary>The strategy that takes a script's values at their places, whatever they mean there.</summary>
    public static ListStrategy Of(DecisionScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        return new ListStrategy(script.ToValues(), script.PricesWork);
    }

    /// <inheritdoc/>
    public bool PricesWork => pricesWork;

    /// <inheritdoc/>
    public string Name => $"list of {values.Count}";

    /// <inheritdoc/>
    public void Begin()
    {
    }

    /// <inheritdoc/>
    public int Decide(in DecisionPoint point) =>
        point.Index < values.Count ? (int)((uint)values[point.Index] % (uint)point.Bound) : 0;
}

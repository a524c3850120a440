namespace Sim.World;

/// <summary>One thing that could have gone otherwise, and how it went.</summary>
/// <param name="Kind">What was decided.</param>
/// <param name="Bound">How many values were possible, at least 2.</param>
/// <param name="Value">Which was taken; 0 is the default: first in first out, no surprise.</param>
/// <param name="Key">What it is known by; the default in a run without records.</param>
/// <param name="Step">
/// The number of the step that an order chose, or during or after which the rest was decided; 0 in a run without records.
/// </param>
public readonly record struct Decision(DecisionKind Kind, int Bound, int Value, DecisionKey Key, long Step)
{
    /// <summary>In a word: for an order or a cost, whose step was taken; for a draw, what for.</summary>
    public string Label => Kind switch
    {
        DecisionKind.Order => Key.Step.Name ?? "",
        DecisionKind.Draw => Key.Label ?? "",
        DecisionKind.Cost => Key.Step.Name ?? "",
        _ => "time passes",
    };
}

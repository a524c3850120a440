using System.Collections.Immutable;

namespace Sim.World;

/// <summary>
/// A run in short: the decisions that deviate from the default, in order; all others are 0. Its text form is a part of
/// the replay line, for example <c>4.1.bob-3.alice-2</c>; empty for the run that is first in first out.
/// </summary>
public sealed class DecisionScript : IEquatable<DecisionScript>
{
    /// <summary>No deviation: first in, first out.</summary>
    public static DecisionScript Fifo { get; } = new([]);

    /// <summary>A script of deviations in rising order of their index.</summary>
    /// <exception cref="ArgumentException">They are not in order, or one takes the default.</exception>
    public DecisionScript(IEnumerable<Deviation> deviations)
    {
        ArgumentNullException.ThrowIfNull(deviations);
        Deviations = [.. deviations];
        for (var i = 0; i < Deviations.Length; i++)
        {
            if (Deviations[i].Value < 1 || Deviations[i].Index < 0 || (i > 0 && Deviations[i - 1].Index >= Deviations[i].Index))
            {
                throw new ArgumentException(
                    $"Deviation {i + 1} is out of place: indices rise from 0, and a deviation's value is at least 1.", nameof(deviations));
            }
        }
    }

    /// <summary>The deviations, in the order of the run.</summary>
    public ImmutableArray<Deviation> Deviations { get; }

    /// <summary>How many decisions deviate.</summary>
    public int Count => Deviations.Length;

    /// <summary>Whether work has a price in it: then the decisions on costs have places too (<see cref="IStrategy.PricesWork"/>).</summary>
    public bool PricesWork => Deviations.Any(static deviation => deviation.Key.Kind == DecisionKind.Cost);

    /// <summary>The deviations of a run.</summary>
    public static DecisionScript Of(IReadOnlyList<Decision> decisions)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        var deviations = new List<Deviation>();
        var isCost = new bool[decisions.Count];
        for (var i = 0; i < decisions.Count; i++)
        {
            isCost[i] = decisions[i].Kind == DecisionKind.Cost;
            if (decisions[i].Value != 0)
            {
                deviations.Add(new Deviation(i, decisions[i].Value, decisions[i].Key));
            }
        }

        return Of(deviations, isCost);
    }

    /// <summary>The deviations of a run whose decisions on costs have these places.</summary>
    internal static DecisionScript Of(IReadOnlyList<Deviation> deviations, IReadOnlyList<bool> isCost)
    {
        if (deviations.Any(deviation => isCost[deviation.Index]))
        {
            return new DecisionScript(deviations);
        }

        // Nothing costs anything: the run is the same without asking, and the places are those of that run.
        var asked = 0;
        var place = 0;
        return new DecisionScript(deviations.Select(deviation =>
        {
            for (; place < deviation.Index; place++)
            {
                asked += isCost[place] ? 1 : 0;
            }

            return deviation with { Index = deviation.Index - asked };
        }));
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is malformed; the message shows the part and the form expected.</exception>
    public static DecisionScript Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var deviations = new List<Deviation>();
        foreach (var part in text.Length == 0 ? [] : text.Split(','))
        {
            var deviation = DeviationText.Parse(part);
            if (deviations.Count > 0 && deviations[^1].Index >= deviation.Index)
            {
                throw DeviationText.Malformed(part);
            }

            deviations.Add(deviation);
        }

        return deviations.Count == 0 ? Fifo : new DecisionScript(deviations);
    }

    /// <summary>The values of all decisions up to the last that deviates, by place.</summary>
    public int[] ToValues()
    {
        var values = new int[Count == 0 ? 0 : Deviations[^1].Index + 1];
        foreach (var deviation in Deviations)
        {
            values[deviation.Index] = deviation.Value;
        }

        return values;
    }

    /// <summary>The text form: letters, digits and <c>-_.,%</c> only, so that no shell changes it.</summary>
    public override string ToString() => string.Join(',', Deviations.Select(static deviation => DeviationText.Write(deviation)));

    /// <inheritdoc/>
    public bool Equals(DecisionScript? other) => other is not null && Deviations.SequenceEqual(other.Deviations);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DecisionScript);

    /// <inheritdoc/>
    public override int GetHashCode() => Deviations.Length;
}

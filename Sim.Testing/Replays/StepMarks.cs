using System.Globalization;
using System.Text;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// The steps of a recorded run in a few characters, so that a replay can say which step is the first that differs: how many
/// there were, two characters for the decisions, so that a line that was changed by hand is known as such, and one for all steps
/// up to each mark. A mark stands after every step of a short run, and after every some steps of a long one. Immutable.
/// </summary>
/// <param name="Count">How many steps the run had.</param>
/// <param name="Text">The characters: letters, digits, <c>-</c> and <c>_</c>, six bits each.</param>
public sealed record StepMarks(int Count, string Text)
{
    private const int MostMarks = 40;
    private const int ScriptLength = 2;
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    // FNV-1a with 64 bits (Fowler, Noll and Vo): the same on every machine.
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>How many steps there are from one mark to the next.</summary>
    public int Stride => StrideOf(Count);

    /// <summary>The marks of a run; null if it has no records.</summary>
    public static StepMarks? Of(RunReport run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var order = run.StepOrder;
        return order.Count == 0 ? null : new StepMarks(order.Count, OfScript(run.Script) + Of(order, StrideOf(order.Count), order.Count));
    }

    /// <summary>Whether the decisions are those of the recorded run.</summary>
    public bool AreOf(DecisionScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        return Text.StartsWith(OfScript(script), StringComparison.Ordinal);
    }

    /// <summary>
    /// The steps of another run among which is the first that is not as recorded, from 1; null if all that were recorded are alike.
    /// </summary>
    /// <param name="order">The steps of the other run.</param>
    public (int From, int To)? FirstDifference(IReadOnlyList<StepKey> order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var (own, other) = (Text[ScriptLength..], Of(order, Stride, Count));
        for (var i = 0; i < own.Length; i++)
        {
            if (i >= other.Length || own[i] != other[i])
            {
                return ((i * Stride) + 1, Math.Min((i + 1) * Stride, Count));
            }
        }

        return null;
    }

    /// <summary>
    /// Which step the recorded run had at a place where another has a different one: what fits the mark, if it can be only one.
    /// </summary>
    /// <param name="order">The steps of the other run, which are as recorded before that place.</param>
    /// <param name="place">The number of the step, from 1.</param>
    public StepKey? Guess(IReadOnlyList<StepKey> order, int place)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (Stride != 1)
        {
            return null;
        }

        var before = order.Take(place - 1).ToList();
        var next = order.Select(static step => step.Name).Distinct(StringComparer.Ordinal)
            .Select(name => new StepKey(name, before.Count(step => step.Name == name) + 1))
            .Where(step => place > order.Count || step != order[place - 1])
            .Where(step => Of([.. before, step], 1, place)[place - 1] == Text[ScriptLength + place - 1]).Take(2).ToList();
        return next is [var only] ? only : null;
    }

    /// <summary>Reads the text form.</summary>
    /// <returns>Null if it is malformed.</returns>
    public static StepMarks? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('.') is [var number, var marks]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            && marks.All(static c => Digits.Contains(c, StringComparison.Ordinal))
            && marks.Length == ScriptLength + ((count + StrideOf(count) - 1) / StrideOf(count))
                ? new StepMarks(count, marks)
                : null;
    }

    /// <summary>As in <c>7.x1KfQz-9a</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}.{Text}");

    private static int StrideOf(int count) => (count + MostMarks - 1) / MostMarks;

    private static string OfScript(DecisionScript script)
    {
        var hash = Add(Basis, script.ToString());
        return $"{DigitOf(hash)}{DigitOf(hash * Prime)}";
    }

    private static string Of(IReadOnlyList<StepKey> order, int stride, int last)
    {
        var (text, hash) = (new StringBuilder(), Basis);
        for (var i = 0; i < Math.Min(order.Count, last); i++)
        {
            hash = Add(hash, $"{order[i]} ");
            if ((i + 1) % stride == 0 || i + 1 == last)
            {
                text.Append(DigitOf(hash));
            }
        }

        return text.ToString();
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * Prime);
        }

        return hash;
    }

    // The low bits of FNV know little of the last letters.
    private static char DigitOf(ulong hash) => Digits[(int)(unchecked((hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15) >> 58)];
}

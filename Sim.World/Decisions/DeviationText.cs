using System.Globalization;

namespace Sim.World;

/// <summary>
/// A deviation as text, its place and value first: an order as <c>4.1.bob-3.alice-2</c>, a draw as <c>7.d321.bob-2.size</c>,
/// time as <c>9.t1.bob-3</c>, a cost as <c>12.c5.bob-3</c>. Without its key, of a run without records, there is only the first
/// part.
/// </summary>
internal static class DeviationText
{
    public static string Write(in Deviation deviation)
    {
        var key = deviation.Key;
        var (letter, names) = (key.Kind, key.Step.Name) switch
        {
            (_, null) => ("", ""),
            (DecisionKind.Order, _) => ("", $".{Write(key.Step)}.{Write(key.Turn)}"),
            (DecisionKind.Draw, _) => ("d", $".{Write(key.Step)}.{Escape(key.Label)}"),
            (DecisionKind.Cost, _) => ("c", $".{Write(key.Step)}"),
            _ => ("t", $".{Write(key.Step)}"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{deviation.Index}.{letter}{deviation.Value}{names}");
    }

    /// <exception cref="FormatException">It is malformed.</exception>
    public static Deviation Parse(string text)
    {
        var fields = text.Split('.');
        if (fields.Length >= 3 && TryParse(fields[0], 0, out var index) && fields[1].Length > 0)
        {
            var letter = fields[1][0];
            if (TryParse(letter is 'd' or 't' or 'c' ? fields[1][1..] : fields[1], 1, out var value) && TryParse(fields[2], out var step))
            {
                DecisionKey? key = (letter, fields.Length) switch
                {
                    ('d', 4) => new DecisionKey(DecisionKind.Draw, step, default, Uri.UnescapeDataString(fields[3])),
                    ('t', 3) => new DecisionKey(DecisionKind.Time, step, default, ""),
                    ('c', 3) => new DecisionKey(DecisionKind.Cost, step, default, ""),
                    (>= '0' and <= '9', 4) when TryParse(fields[3], out var turn) => new DecisionKey(DecisionKind.Order, step, turn, ""),
                    _ => null,
                };
                if (key is { } known)
                {
                    return new Deviation(index, value, known);
                }
            }
        }

        throw Malformed(text);
    }

    public static FormatException Malformed(string text) =>
        new($"'{text}' is not a decision: expected <number>.<value>.<step>.<step>, numbers rising, for example 4.1.bob-3.alice-2.");

    private static string Write(StepKey step) => string.Create(CultureInfo.InvariantCulture, $"{Escape(step.Name)}-{step.Number}");

    private static bool TryParse(string text, out StepKey step)
    {
        var mark = text.LastIndexOf('-');
        if (mark >= 0 && TryParse(text[(mark + 1)..], 1, out var number))
        {
            step = new StepKey(Uri.UnescapeDataString(text[..mark]), number);
            return true;
        }

        step = default;
        return false;
    }

    private static bool TryParse(string text, int least, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least;

    // Uri's escaping leaves letters, digits and -_.~; a tilde would be a shell's home folder, and full stops part the fields.
    private static string Escape(string name) => Uri.EscapeDataString(name)
        .Replace("~", "%7E", StringComparison.Ordinal).Replace(".", "%2E", StringComparison.Ordinal);
}

using System.Globalization;

namespace Sim.World;

/// <summary>
/// A step of a run by who takes it, and not by when: <c>bob#3</c> is the third step of task bob. It is the same step in every
/// run of the same scenario, whatever the order of the others, and as a rule it still is after an edit elsewhere.
/// </summary>
/// <param name="Name">The task; the method of a callback. Where several have the same name, the second is <c>bob~2</c>.</param>
/// <param name="Number">Which of its steps, in the order in which they became ready, from 1.</param>
public readonly record struct StepKey(string Name, int Number)
{
    /// <summary>Reads the text form.</summary>
    /// <returns>False if it is malformed.</returns>
    public static bool TryParse(string text, out StepKey key)
    {
        ArgumentNullException.ThrowIfNull(text);
        var mark = text.LastIndexOf('#');
        if (mark > 0 && int.TryParse(text.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            key = new StepKey(text[..mark], number);
            return true;
        }

        key = default;
        return false;
    }

    /// <summary>As in <c>bob#3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}#{Number}");
}

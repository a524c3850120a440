namespace Sim.Testing;

/// <summary>A text as one word on a command line, so that a printed line can be pasted.</summary>
public static class ShellWord
{
    /// <summary>
    /// The text; in double quotes if it holds anything but letters, digits and the signs of plain paths, and in single ones if it holds
    /// what a shell changes even there.
    /// </summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && text.All(static c => char.IsLetterOrDigit(c) || "-_./\\:+,=".Contains(c, StringComparison.Ordinal)) ? text
            : text.AsSpan().IndexOfAny("\"$`!") < 0 ? $"\"{text}\""
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}

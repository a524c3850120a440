namespace Sim.Cli;

/// <summary>A text as one word on a command line, so that a printed line can be pasted.</summary>
internal static class ShellWord
{
    /// <summary>The text, in double quotes if it holds anything but letters, digits and the signs of plain paths.</summary>
    public static string Of(string text) =>
        text.Length > 0 && text.All(static c => char.IsLetterOrDigit(c) || "-_./\\:+,=".Contains(c, StringComparison.Ordinal)) ? text : $"\"{text}\"";
}

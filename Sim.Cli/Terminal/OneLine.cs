namespace Sim.Cli;

/// <summary>Texts of others, made fit for a message of one line.</summary>
internal static class OneLine
{
    /// <summary>The text with every line break and the space around it made one space.</summary>
    public static string Of(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

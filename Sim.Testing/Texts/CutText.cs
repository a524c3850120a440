namespace Sim.Testing;

/// <summary>A text that is cut where there is no room for all of it.</summary>
internal static class CutText
{
    /// <summary>The text, or its beginning and an ellipsis, in so many UTF-16 units at most; a surrogate pair is never torn.</summary>
    public static string To(int length, string text)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return $"{text[..end].TrimEnd()}…";
    }
}

using System.Text;

namespace Sim.Testing;

/// <summary>Long sentences in a terminal: broken between words, each further line indented.</summary>
internal static class WrappedText
{
    /// <summary>So wide is what this library prints, in characters; a word that is longer stays whole.</summary>
    public const int Width = 118;

    /// <summary>The lines of a text.</summary>
    /// <param name="text">The text, in one line.</param>
    /// <param name="width">How long a line may be.</param>
    /// <param name="indent">How far the lines after the first are moved to the right.</param>
    public static IEnumerable<string> Lines(string text, int width, int indent)
    {
        var margin = new string(' ', indent);
        var line = new StringBuilder();
        var isEmpty = true;
        foreach (var word in text.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear().Append(margin);
                isEmpty = true;
            }

            line.Append(isEmpty ? "" : " ").Append(word);
            isEmpty = false;
        }

        yield return line.ToString();
    }
}

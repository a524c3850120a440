namespace Sim.Testing;

/// <summary>For messages about an unknown word: the known word that is nearest to it.</summary>
public static class NearestWord
{
    /// <summary>"Did you mean 'x'? Known: x, y." or, when none is near, the known words alone.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        var words = known.ToArray();
        if (words.Length == 0)
        {
            return "There are none.";
        }

        // The last part of a long name alone is as good as the name.
        var nearest = words.FirstOrDefault(candidate => candidate.EndsWith($".{word}", StringComparison.OrdinalIgnoreCase))
            ?? words.MinBy(candidate => Distance(word, candidate))!;
        var isNear = nearest.EndsWith($".{word}", StringComparison.OrdinalIgnoreCase)
            || Distance(word, nearest) <= Math.Max(2, word.Length / 3);
        var list = string.Join(", ", words.Take(12)) + (words.Length > 12 ? $" and {words.Length - 12} more" : "");
        return isNear ? $"Did you mean '{nearest}'? Known: {list}." : $"Known: {list}.";
    }

    // Of a word that is much longer, its beginning may have been meant: nobody types all of a long name.
    private static int Distance(string word, string candidate) => word.Length < 4 || candidate.Length < word.Length + 2
        ? Edits(word, candidate)
        : Math.Min(Edits(word, candidate), 1 + Enumerable.Range(word.Length - 1, 3).Min(length => Edits(word, candidate[..length])));

    // Levenshtein's edit distance, one row at a time.
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}

using System.Globalization;

namespace Sim.World;

/// <summary>The text form of where an exhaustive search stands: the path that it takes next, and what is left at its nodes.</summary>
internal static class SearchPosition
{
    public static string Write(Reduction reduction, IEnumerable<SearchNode> path) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)reduction}/") + string.Join(';', path.Select(Write));

    /// <exception cref="FormatException">The text is no position, or one of a search with another reduction.</exception>
    public static List<SearchNode> Read(string? text, Reduction reduction)
    {
        if (text is null)
        {
            return [];
        }

        var start = string.Create(CultureInfo.InvariantCulture, $"{(int)reduction}/");
        if (!text.StartsWith(start, StringComparison.Ordinal))
        {
            throw new FormatException(
                $"The position of an exhaustive search begins with '{start}' where its reduction is {reduction}; "
                + $"this one is '{text[..Math.Min(text.Length, 20)]}'.");
        }

        return text.Length == start.Length ? [] : [.. text[start.Length..].Split(';').Select(ReadNode)];
    }

    private static string Write(SearchNode node)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{"odt"[(int)node.Kind]}{node.Bound}:{node.Value}");
        return node.Kind != DecisionKind.Order
            ? head
            : $"{head}:{string.Concat(node.Wanted.Select(static wanted => wanted ? '1' : '0'))}"
                + $":{string.Join('|', node.Sleep.Select(Write))}:{(node.Taken is { } taken ? Write(taken) : "")}";
    }

    private static string Write(SleepEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Sequence}{(entry.IsSuspect ? '!' : '=')}")
        + string.Join(',', entry.Uses.Select(static use => string.Create(CultureInfo.InvariantCulture, $"{use.Key:x}-{(int)use.Mode}")));

    private static SearchNode ReadNode(string text)
    {
        var fields = text.Split(':');
        var (bound, value) = (int.Parse(fields[0][1..], CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture));
        var kind = (DecisionKind)"odt".IndexOf(fields[0][0], StringComparison.Ordinal);
        return kind != DecisionKind.Order ? new SearchNode(kind, bound, value) : new SearchNode(DecisionKind.Order, bound, value)
        {
            Wanted = [.. fields[2].Select(static wanted => wanted == '1')],
            Sleep = fields[3].Length == 0 ? [] : [.. fields[3].Split('|').Select(ReadEntry)],
            Taken = fields[4].Length == 0 ? null : ReadEntry(fields[4]),
        };
    }

    private static SleepEntry ReadEntry(string text)
    {
        var mark = text.IndexOfAny(['!', '=']);
        var uses = text[(mark + 1)..];
        return new SleepEntry(
            long.Parse(text[..mark], CultureInfo.InvariantCulture),
            uses.Length == 0 ? [] : [.. uses.Split(',').Select(ReadUse)],
            text[mark] == '!');
    }

    private static StepUse ReadUse(string text)
    {
        var parts = text.Split('-');
        return new StepUse(
            ulong.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            (UseMode)int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}

using System.Text.RegularExpressions;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// The text of a long trace, to be read: what repeats, such as a task that polls, is told once, and of the rest the beginning, which
/// shows how it came about, and the end, which shows how it failed.
/// </summary>
internal static partial class ShortTrace
{
    private const int Head = 60;
    private const int Tail = 60;

    /// <summary>A shorter trace is shown as it is.</summary>
    private const int Long = Head + Tail + Tail;

    private const int LongestPeriod = 6;
    private const int FewestTimes = 4;

    /// <summary>The text.</summary>
    public static string Of(Trace trace)
    {
        if (trace.Events.Count <= Long)
        {
            return trace.ToString();
        }

        var lines = TellOnce(trace.ToString().Split('\n'));
        var left = lines.Count - Head - Tail;
        return string.Join('\n', left <= Tail ? lines : [.. lines.Take(Head), $"... ({left} lines left out)", .. lines.TakeLast(Tail)]);
    }

    private static List<string> TellOnce(string[] lines)
    {
        var bare = Array.ConvertAll(lines, static line => NumbersAndBlanks().Replace(line, " "));
        var told = new List<string>();
        for (var i = 0; i < lines.Length;)
        {
            var (period, times) = RepeatsFrom(bare, i);
            if (times < FewestTimes)
            {
                told.Add(lines[i++]);
                continue;
            }

            var again = times - 2;
            told.AddRange(lines[i..(i + period)]);
            told.Add($"... ({(period == 1 ? "the same line" : $"the same {period} lines")} {again} times more)");
            i += period * times;
            told.AddRange(lines[(i - period)..i]);
        }

        return told;
    }

    // The shortest period that repeats: how many lines it has, and how often it comes.
    private static (int Period, int Times) RepeatsFrom(string[] bare, int start)
    {
        for (var period = 1; period <= LongestPeriod; period++)
        {
            var end = start + period;
            while (end < bare.Length && bare[end].Equals(bare[end - period], StringComparison.Ordinal))
            {
                end++;
            }

            if ((end - start) / period is >= FewestTimes and var times)
            {
                return (period, times);
            }
        }

        return (0, 0);
    }

    [GeneratedRegex(@"[\d\s]+")]
    private static partial Regex NumbersAndBlanks();
}

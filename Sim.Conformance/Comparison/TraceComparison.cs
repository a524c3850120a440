using System.Text;

namespace Sim.Conformance;

/// <summary>Two sets of traces, program by program.</summary>
internal sealed class TraceComparison
{
    private const int Context = 8;

    private readonly List<(ProgramTrace Expected, ProgramTrace Actual, int At)> _different = [];
    private readonly int _equal;
    private readonly int _missing;

    public TraceComparison(IReadOnlyList<ProgramTrace> expected, IReadOnlyList<ProgramTrace> actual)
    {
        var others = actual.ToDictionary(trace => trace.Id, StringComparer.Ordinal);
        foreach (var trace in expected)
        {
            if (!others.Remove(trace.Id, out var other))
            {
                _missing++;
                _different.Add((trace, new ProgramTrace(trace.Id, []), 0));
            }
            else if (trace.FirstDifference(other) is { } at)
            {
                _different.Add((trace, other, at));
            }
            else
            {
                _equal++;
            }
        }

        // In the order in which they came; nobody has expected them.
        foreach (var extra in actual.Where(trace => others.ContainsKey(trace.Id)))
        {
            _missing++;
            _different.Add((new ProgramTrace(extra.Id, []), extra, 0));
        }
    }

    /// <summary>"1 program", "3 programs".</summary>
    public static string Count(long programs) => programs == 1 ? "1 program" : $"{programs} programs";

    public bool IsEqual => _different.Count == 0;

    /// <summary>How many programs are equal, how many not, and the first difference with what stands around it.</summary>
    public string Describe()
    {
        var text = new StringBuilder($"{Count(_equal + _different.Count)}, {_equal} equal");
        if (_different.Count > _missing)
        {
            text.Append($", {_different.Count - _missing} different");
        }

        if (_missing > 0)
        {
            text.Append($", {_missing} on one side only");
        }

        text.Append('\n');
        if (_different.Count > 0)
        {
            DescribeFirst(text);
        }

        return text.ToString();
    }

    private void DescribeFirst(StringBuilder text)
    {
        var (expected, actual, at) = _different[0];
        text.Append($"\nfirst difference: program {expected.Id}, line {at + 1} of {expected.Lines.Count} expected, {actual.Lines.Count} actual\n");
        foreach (var line in expected.Lines.Take(at).TakeLast(Context))
        {
            text.Append($"    {line}\n");
        }

        DescribeSide(text, '-', expected.Lines, at);
        DescribeSide(text, '+', actual.Lines, at);
    }

    private static void DescribeSide(StringBuilder text, char mark, IReadOnlyList<string> lines, int at)
    {
        foreach (var line in at < lines.Count ? lines.Skip(at).Take(Context) : ["(end of trace)"])
        {
            text.Append($"  {mark} {line}\n");
        }
    }
}

namespace Sim.Conformance;

/// <summary>The trace of one program.</summary>
/// <param name="Id">The program.</param>
/// <param name="Lines">What happened.</param>
internal sealed record ProgramTrace(string Id, IReadOnlyList<string> Lines)
{
    /// <summary>Without the numbers of iterations.</summary>
    public ProgramTrace WithoutIterations() => this with { Lines = [.. Lines.Select(WithoutIteration)] };

    /// <summary>The first line in which they differ; the length of the shorter one if there is none; null if they are equal.</summary>
    public int? FirstDifference(ProgramTrace other)
    {
        var common = Math.Min(Lines.Count, other.Lines.Count);
        for (var n = 0; n < common; n++)
        {
            if (Lines[n] != other.Lines[n])
            {
                return n;
            }
        }

        return Lines.Count == other.Lines.Count ? null : common;
    }

    // The second word of "t5 i9 F6 p3.2 gather !Cancelled".
    private static string WithoutIteration(string line)
    {
        var first = line.IndexOf(' ', StringComparison.Ordinal);
        if (first < 0 || first + 1 >= line.Length || line[first + 1] != 'i')
        {
            return line;
        }

        var second = line.IndexOf(' ', first + 1);
        return second > first + 2 && line.AsSpan(first + 2, second - first - 2).IndexOfAnyExceptInRange('0', '9') < 0
            ? string.Concat(line.AsSpan(0, first), line.AsSpan(second))
            : line;
    }
}

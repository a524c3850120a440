using System.Text.Json;

namespace Sim.Conformance;

/// <summary>
/// Makes a program on which two loops differ as small as it gets while they differ: of all smaller programs one edit away
/// the smallest that still shows a difference is the next one.
/// </summary>
internal sealed class ProgramShrinker(ITraceSource expected, ITraceSource actual)
{
    public ConformanceProgram Shrink(ConformanceProgram program)
    {
        while (Smaller(program) is { } smaller)
        {
            program = smaller;
        }

        return program;
    }

    private ConformanceProgram? Smaller(ConformanceProgram program)
    {
        var candidates = ProgramEdits.Of(program.Json).Select(json => Parse(json, program.Id)).OfType<ConformanceProgram>()
            .Where(candidate => candidate.Json.Length < program.Json.Length || IsTamer(candidate, program))
            .ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        var wanted = expected.Run(candidates);
        var found = actual.Run(candidates);
        return candidates.Where((_, n) => wanted[n].FirstDifference(found[n]) is not null).MinBy(candidate => candidate.Json.Length);
    }

    // Of the same length, but with smaller numbers: later in no order, so that shrinking ends.
    private static bool IsTamer(ConformanceProgram candidate, ConformanceProgram program) =>
        candidate.Json.Length == program.Json.Length && string.CompareOrdinal(candidate.Json, program.Json) < 0;

    private static ConformanceProgram? Parse(string json, string id)
    {
        using var document = JsonDocument.Parse(json);
        try
        {
            return ProgramParser.Parse(document.RootElement, OpFamilies.All.Forms, id);
        }
        catch (ProgramFormatException)
        {
            return null;
        }
    }
}

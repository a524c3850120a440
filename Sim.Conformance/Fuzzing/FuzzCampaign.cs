namespace Sim.Conformance;

/// <summary>Generates programs, runs each on two loops and compares; the first difference is shrunk.</summary>
/// <param name="expectedName">What to call the loop that is right.</param>
/// <param name="expected">The loop that is right.</param>
/// <param name="actual">The loop under test.</param>
internal sealed class FuzzCampaign(string expectedName, ITraceSource expected, ITraceSource actual)
{
    private const int BatchSize = 1000;

    /// <param name="count">How many programs.</param>
    /// <param name="seed">Which ones.</param>
    /// <param name="profile">What they are about; null = everything in turn.</param>
    /// <param name="progress">Is told after each batch.</param>
    /// <returns>The report of the first difference; null if there is none.</returns>
    public string? Run(long count, long seed, string? profile, Action<string> progress)
    {
        for (var start = 0L; start < count; start += BatchSize)
        {
            var programs = Generate(seed, start, Math.Min(BatchSize, count - start), profile);
            // Two processes: the oracle's runs beside this one.
            var right = Task.Run(() => expected.Run(programs));
            var found = actual.Run(programs);
            var wanted = right.GetAwaiter().GetResult();
            for (var n = 0; n < programs.Count; n++)
            {
                if (wanted[n].FirstDifference(found[n]) is not null)
                {
                    progress($"program {start + n} of seed {seed} differs; shrinking it");
                    return Report(programs[n], new ProgramShrinker(expected, actual).Shrink(programs[n]));
                }
            }

            progress($"{start + programs.Count} of {TraceComparison.Count(count)} equal");
        }

        return null;
    }

    private static IReadOnlyList<ConformanceProgram> Generate(long seed, long start, long count, string? profile)
    {
        var lines = Enumerable.Range(0, (int)count).Select(offset => ProgramGenerator.Line(seed, start + offset, profile));
        return ProgramReader.Read(string.Join('\n', lines), "generated programs", OpFamilies.All.Forms);
    }

    private string Report(ConformanceProgram original, ConformanceProgram shrunk) =>
        $"""
        Program {original.Id} differs; shrunk from {original.Json.Length} characters to {shrunk.Json.Length}:

        {shrunk.Json}

        {ProgramListing.Of(shrunk)}
        {SideBySide.Of(expectedName, expected.Run([shrunk])[0], "Sim.Core", actual.Run([shrunk])[0])}
        """;
}

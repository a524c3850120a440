namespace Sim.Scoreboard;

/// <summary>
/// An experiment: the same programs, counted as somebody else counts. If the figures then come near to published ones, it was the
/// counting that made the difference.
/// </summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Claim">What is different there, and what is tried here.</param>
/// <param name="Rules">Where a schedule can switch.</param>
internal sealed record Variant(string Name, string Claim, StepRules Rules)
{
    /// <summary>Whose figures are to be explained.</summary>
    public required PublishedTable Beside { get; init; }

    /// <summary>Of which programs.</summary>
    public required IReadOnlyList<string> Programs { get; init; }

    /// <summary>Of which columns.</summary>
    public required IReadOnlyList<string> Titles { get; init; }

    /// <summary>A column as it is measured here.</summary>
    public Column Adapt(Column column) => Rules.PhilosophersGiveWay && column.Title.StartsWith("PCT", StringComparison.Ordinal)
        ? column with { Family = new GivingWayFamily(column.Family) }
        : column;

    /// <summary>What is measured for the page.</summary>
    public BoardOptions On(BoardOptions options) => options with
    {
        Programs = [.. BugPrograms.Under(Rules).Where(program =>
            Programs.Contains(program.Name) && options.Programs.Any(one => one.Name == program.Name))],
        Columns = [.. options.Columns.Where(column => Titles.Contains(column.Title)).Select(Adapt)],
        Shrinks = false,
    };
}

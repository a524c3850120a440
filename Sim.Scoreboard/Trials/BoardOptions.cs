namespace Sim.Scoreboard;

/// <summary>What is measured and how often.</summary>
internal sealed record BoardOptions
{
    public IReadOnlyList<IBugProgram> Programs { get; init; } = BugPrograms.All;

    public IReadOnlyList<Column> Columns { get; init; } = Column.All;

    /// <summary>How often each strategy starts anew on each program, with other seeds.</summary>
    public int Trials { get; init; } = 20;

    /// <summary>After how many schedules a trial gives up.</summary>
    public int Cap { get; init; } = 10_000;

    /// <summary>Whether a failure of each strategy is shrunk.</summary>
    public bool Shrinks { get; init; } = true;

    /// <summary>How many threads; nothing but the time depends on it.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;
}

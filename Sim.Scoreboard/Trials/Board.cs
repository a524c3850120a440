using Sim.World;

namespace Sim.Scoreboard;

/// <summary>The figures of a measurement: apart from the speeds a function of its options, whatever the number of workers.</summary>
internal sealed record Board(BoardOptions Options, IReadOnlyList<Row> Rows)
{
    /// <summary>The trials of a program by a strategy; null if they are not of this board.</summary>
    public Cell? Find(string program, string title) => Rows.FirstOrDefault(row => row.Program.Name == program) is { } row
        && Options.Columns.Index().FirstOrDefault(column => column.Item.Title == title) is { Item: not null } column
            ? row.Cells[column.Index] : null;

    /// <summary>Measures; <paramref name="report"/> is told, on any thread, about each trial that is done.</summary>
    public static Board Measure(BoardOptions options, Action<int, int>? report = null)
    {
        var families = options.Columns.Select(static column => column.Family).ToList();
        var profiles = options.Programs.Select(Trial.Learn).ToList();
        var sizes = options.Programs.Select(ProgramSize.Of).ToList();
        var (columns, trials) = (families.Count, options.Trials);
        var results = new TrialResult[options.Programs.Count * columns * trials];
        var done = 0;
        Workers.Run(options.Workers, results.Length, index =>
        {
            var (program, column, trial) = (index / (columns * trials), index / trials % columns, index % trials);
            results[index] = Trial.Run(options.Programs[program], families[column], profiles[program], trial, options.Cap);
            report?.Invoke(Interlocked.Increment(ref done), results.Length);
        });
        var shrinks = new Shrinking?[options.Programs.Count * columns];
        Workers.Run(options.Workers, options.Shrinks ? shrinks.Length : 0, index =>
        {
            var (program, column) = (index / columns, index % columns);
            shrinks[index] = Shrinking.Of(options.Programs[program], families[column], profiles[program], TrialsOf(index));
        });
        return new Board(options, [.. options.Programs.Select((program, row) => new Row(
            program,
            sizes[row],
            [.. Enumerable.Range(row * columns, columns).Select(cell => new Cell(TrialsOf(cell)))],
            shrinks[(row * columns)..((row + 1) * columns)]))]);

        TrialResult[] TrialsOf(int cell) => results[(cell * trials)..((cell + 1) * trials)];
    }
}

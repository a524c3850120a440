namespace Sim.Scoreboard;

/// <summary>The figures of one source.</summary>
/// <param name="Source">What it is called.</param>
/// <param name="Titles">Which of our columns it has.</param>
/// <param name="Cells">By program and column; looked up only.</param>
internal sealed record PublishedTable(
    string Source, IReadOnlyList<string> Titles, IReadOnlyDictionary<(string Program, string Title), PublishedCell> Cells)
{
    public PublishedCell? Find(string program, string title) => Cells.GetValueOrDefault((program, title));
}

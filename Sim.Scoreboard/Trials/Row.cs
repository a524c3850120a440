namespace Sim.Scoreboard;

/// <summary>One program by all strategies, in the order of the columns.</summary>
/// <param name="Program">The program.</param>
/// <param name="Size">How large it is.</param>
/// <param name="Cells">The trials of each strategy.</param>
/// <param name="Shrinks">What became of the first failure of each; null where there is none.</param>
internal sealed record Row(IBugProgram Program, ProgramSize Size, IReadOnlyList<Cell> Cells, IReadOnlyList<Shrinking?> Shrinks);

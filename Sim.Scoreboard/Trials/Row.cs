namespace Sim.Scoreboard;

/// <summary>One program by all strategies, in the order of the columns.</summary>
internal sealed record Row(IBugProgram Program, ProgramSize Size, IReadOnlyList<Cell> Cells);

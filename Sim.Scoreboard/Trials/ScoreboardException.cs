namespace Sim.Scoreboard;

/// <summary>Why there is no figure: a wrong argument, or a program that failed in a way that is not its bug.</summary>
internal sealed class ScoreboardException(string message) : Exception(message);

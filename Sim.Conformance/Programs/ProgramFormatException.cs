namespace Sim.Conformance;

/// <summary>A program, a trace or a file of them makes no sense; the message is one line.</summary>
internal sealed class ProgramFormatException(string message) : Exception(message);

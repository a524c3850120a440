namespace Sim.Conformance;

/// <summary>The comparison cannot be made; the message is one line and says what to do.</summary>
internal sealed class ToolException(string message) : Exception(message);

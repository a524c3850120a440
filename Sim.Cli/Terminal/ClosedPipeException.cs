namespace Sim.Cli;

/// <summary>Nobody reads the results any more, as behind <c>sim list … | head -1</c>.</summary>
internal sealed class ClosedPipeException(IOException cause) : IOException(cause.Message, cause);

namespace Sim.Cli;

/// <summary>The command line or the target makes no sense. The message is one line that says what to do.</summary>
internal sealed class ToolException : Exception
{
    public ToolException(string message)
        : base(message)
    {
    }

    public ToolException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

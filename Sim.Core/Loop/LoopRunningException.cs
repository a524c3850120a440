namespace Sim.Core;

/// <summary>A loop was run while it or another loop runs on this thread, or closed while it runs.</summary>
public sealed class LoopRunningException : LoopException
{
    /// <summary>An error with a message.</summary>
    public LoopRunningException(string message)
        : base(message)
    {
    }
}

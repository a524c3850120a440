namespace Sim.Core;

/// <summary>An item was put into a queue that was shut down, or asked of one that will never have one again.</summary>
public sealed class QueueShutDownException : LoopException
{
    /// <summary>An error with a message.</summary>
    public QueueShutDownException(string message)
        : base(message)
    {
    }
}

namespace Sim.Core;

/// <summary>Something was scheduled on, or run by, a loop that is closed.</summary>
public sealed class LoopClosedException : LoopException
{
    /// <summary>An error with a message.</summary>
    public LoopClosedException(string message)
        : base(message)
    {
    }
}

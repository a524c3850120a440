namespace Sim.Core;

/// <summary>Work was given to a loop's default executor after it was shut down (rule 24).</summary>
public sealed class ExecutorShutDownException : LoopException
{
    /// <summary>An error with a message.</summary>
    public ExecutorShutDownException(string message)
        : base(message)
    {
    }
}

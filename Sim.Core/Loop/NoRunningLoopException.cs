namespace Sim.Core;

/// <summary>Code that needs the running loop was called on a thread that runs none.</summary>
public sealed class NoRunningLoopException : LoopException
{
    /// <summary>An error with a message.</summary>
    public NoRunningLoopException(string message)
        : base(message)
    {
    }
}

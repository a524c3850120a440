namespace Sim.Core;

/// <summary>A bounded semaphore was released above its value, or more work of a queue reported as done than was put in.</summary>
public sealed class TooManyReleasesException : LoopException
{
    /// <summary>An error with a message.</summary>
    public TooManyReleasesException(string message)
        : base(message)
    {
    }
}

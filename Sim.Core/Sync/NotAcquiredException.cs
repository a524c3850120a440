namespace Sim.Core;

/// <summary>A lock was released, or a condition waited on or notified, while nobody held the lock.</summary>
public sealed class NotAcquiredException : LoopException
{
    /// <summary>An error with a message.</summary>
    public NotAcquiredException(string message)
        : base(message)
    {
    }
}

namespace Sim.Core;

/// <summary>An item was put into a full queue by a call that does not wait.</summary>
public sealed class QueueFullException : LoopException
{
    /// <summary>An error with a message.</summary>
    public QueueFullException(string message)
        : base(message)
    {
    }
}

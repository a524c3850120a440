namespace Sim.Core;

/// <summary>An item was asked of an empty queue by a call that does not wait.</summary>
public sealed class QueueEmptyException : LoopException
{
    /// <summary>An error with a message.</summary>
    public QueueEmptyException(string message)
        : base(message)
    {
    }
}

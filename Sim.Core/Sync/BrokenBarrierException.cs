namespace Sim.Core;

/// <summary>A barrier was aborted, or reset while somebody waited at it.</summary>
public sealed class BrokenBarrierException : LoopException
{
    /// <summary>An error with a message.</summary>
    public BrokenBarrierException(string message)
        : base(message)
    {
    }
}

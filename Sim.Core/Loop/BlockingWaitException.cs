namespace Sim.Core;

/// <summary>Code on the loop thread was about to block it: a <c>Task.Result</c>, a <c>Wait()</c>, a <c>Thread.Join</c>.</summary>
public sealed class BlockingWaitException : LoopException
{
    /// <summary>An error with a message.</summary>
    public BlockingWaitException(string message)
        : base(message)
    {
    }
}

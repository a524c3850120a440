namespace Sim.Core;

/// <summary>
/// The main coroutine of a run was cancelled because of Ctrl-C (SIGINT), and let itself be stopped: asyncio's
/// <c>KeyboardInterrupt</c>. It says that the user wanted it, so a program that catches it ends without a stack trace.
/// </summary>
public sealed class KeyboardInterruptException : OperationCanceledException
{
    /// <summary>An error with a message, and the cancellation that it comes from.</summary>
    public KeyboardInterruptException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

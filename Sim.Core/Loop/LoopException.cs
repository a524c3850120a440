namespace Sim.Core;

/// <summary>Base of the errors of misuse that an event loop raises; each says what to do instead.</summary>
public class LoopException : InvalidOperationException
{
    /// <summary>An error with a message.</summary>
    public LoopException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and what led to it.</summary>
    public LoopException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>
    /// What went wrong, without the details that differ from run to run: two errors of one type and reason are of the same cause,
    /// whoever else was alive. The message, unless the error knows better.
    /// </summary>
    public string Reason
    {
        get => field ?? Message;
        init;
    }
}

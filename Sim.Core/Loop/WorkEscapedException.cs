namespace Sim.Core;

/// <summary>Work left a sealed loop, to the thread pool or a real timer, and came back.</summary>
public sealed class WorkEscapedException : LoopException
{
    /// <summary>An error with a message.</summary>
    public WorkEscapedException(string message)
        : base(message)
    {
    }
}

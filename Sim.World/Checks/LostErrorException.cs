using Sim.Core;

namespace Sim.World;

/// <summary>An exception was thrown in an async call that nobody awaited. The inner exception is the one thrown.</summary>
public sealed class LostErrorException : LoopException
{
    /// <summary>An error with a message and what was lost.</summary>
    public LostErrorException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

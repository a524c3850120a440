using Sim.Core;

namespace Sim.World;

/// <summary>A scenario had ended and tasks were still alive.</summary>
public sealed class LeakedTasksException : LoopException
{
    /// <summary>An error with a message.</summary>
    public LeakedTasksException(string message)
        : base(message)
    {
    }
}

using Sim.Core;

namespace Sim.World;

/// <summary>The same decisions gave two different traces.</summary>
public sealed class NondeterminismException : LoopException
{
    /// <summary>An error with a message.</summary>
    public NondeterminismException(string message)
        : base(message)
    {
    }
}

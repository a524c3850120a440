using Sim.Core;

namespace Sim.World;

/// <summary>A run took more steps or more virtual time than allowed.</summary>
public sealed class RunLimitException : LoopException
{
    /// <summary>An error with a message.</summary>
    public RunLimitException(string message, FailureKind kind)
        : base(message) => Kind = kind;

    /// <summary>Which limit.</summary>
    public FailureKind Kind { get; }
}

namespace Sim.Core;

/// <summary>A running loop was touched from another thread than its own.</summary>
public sealed class ForeignThreadException : LoopException
{
    /// <summary>An error with a message.</summary>
    public ForeignThreadException(string message)
        : base(message)
    {
    }
}

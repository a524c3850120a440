namespace Sim.Core;

/// <summary>A future was completed twice, or asked for its result too early (rule 40).</summary>
public sealed class InvalidStateException : LoopException
{
    /// <summary>An error with a message.</summary>
    public InvalidStateException(string message)
        : base(message)
    {
    }
}

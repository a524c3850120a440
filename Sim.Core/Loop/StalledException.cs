namespace Sim.Core;

/// <summary>
/// The loop would wait for ever: nothing is ready, nothing is due, and no handle could become ready. The message lists
/// who waits on what since when.
/// </summary>
public sealed class StalledException : LoopException
{
    /// <summary>An error with a message.</summary>
    public StalledException(string message)
        : base(message)
    {
    }
}

namespace Sim.Core;

/// <summary>
/// A separator did not come within the limit: asyncio's <c>LimitOverrunError</c>. What was looked through is still there, unless a
/// line was read: that is dropped.
/// </summary>
/// <param name="message">A sentence.</param>
/// <param name="consumed">How many bytes are known to hold no separator.</param>
public sealed class LimitOverrunException(string message, int consumed) : IOException(message)
{
    /// <summary>How many bytes were looked through, and hold no separator.</summary>
    public int Consumed { get; } = consumed;
}

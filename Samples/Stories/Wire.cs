using Sim.Core;

namespace Samples;

/// <summary>
/// The wire between two services. How long a message takes is not the sender's to know: it is one await, and whatever is
/// ready by then may run before it comes back. Under first in, first out that is the shortest while there is.
/// </summary>
internal static class Wire
{
    /// <summary>One message, from one end to the other.</summary>
    public static ValueTask CrossAsync() => Asyncio.YieldAsync();
}

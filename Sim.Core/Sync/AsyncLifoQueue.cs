namespace Sim.Core;

/// <summary>A queue that gives out the newest item first. Loop thread only.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class AsyncLifoQueue<T> : AsyncQueue<T>
{
    /// <inheritdoc/>
    public AsyncLifoQueue(int maxSize = 0, string? name = null)
        : base(new LifoItems<T>(), maxSize, name)
    {
    }
}

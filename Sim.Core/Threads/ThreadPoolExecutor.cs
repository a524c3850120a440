namespace Sim.Core;

/// <summary>
/// The executor of a loop on real time: the thread pool of .NET, which has no threads of its own to stop. Any thread.
/// </summary>
public sealed class ThreadPoolExecutor : IExecutor
{
    /// <inheritdoc/>
    public void Submit(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
#pragma warning disable RS0030 // Leaving the loop for the thread pool is what this executor is for.
        ThreadPool.UnsafeQueueUserWorkItem(static state => state(), work, preferLocal: false);
#pragma warning restore RS0030
    }
}

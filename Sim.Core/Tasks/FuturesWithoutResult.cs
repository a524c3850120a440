namespace Sim.Core;

/// <summary>Completing a future that has no value to give: what is awaited is that it is done. Loop thread only.</summary>
public static class FuturesWithoutResult
{
    /// <summary>Completes it.</summary>
    /// <exception cref="InvalidStateException">It is done already.</exception>
    public static void SetResult(this Future<ValueTuple> future)
    {
        ArgumentNullException.ThrowIfNull(future);
        future.SetResult(default);
    }

    /// <summary>Completes it unless it is done already.</summary>
    public static bool TrySetResult(this Future<ValueTuple> future)
    {
        ArgumentNullException.ThrowIfNull(future);
        return future.TrySetResult(default);
    }
}

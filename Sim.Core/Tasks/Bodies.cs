namespace Sim.Core;

/// <summary>What the callers of a user's delegate share.</summary>
internal static class Bodies
{
    /// <summary>Awaits what a body has returned. Of several failures (<c>Task.WhenAll</c>) one is thrown, and the others are reported.</summary>
    public static async ValueTask RunAsync(Task? body, string what)
    {
        var running = Started(body, what);
        try
        {
            await running;
        }
        catch when (TellOthers(running, what))
        {
            throw;
        }
    }

    /// <inheritdoc cref="RunAsync(Task?, string)"/>
    public static async ValueTask<T> RunAsync<T>(Task<T>? body, string what)
    {
        var running = Started(body, what);
        try
        {
            return await running;
        }
        catch when (TellOthers(running, what))
        {
            throw;
        }
    }

    /// <summary>The task that a body has returned; one that is no async method may have returned none.</summary>
    public static TTask Started<TTask>(TTask? task, string what)
        where TTask : Task =>
        task ?? throw new LoopException($"The body of {what} returned null instead of a Task {Places.Here()}: make it an async method.");

    // A filter that never handles: it only tells.
    private static bool TellOthers(Task failed, string what)
    {
        if (failed.Exception is { InnerExceptions.Count: > 1 } all)
        {
            UnretrievedErrors.FirstOf(all, EventLoop.RequireRunning(), $"the body of {what}");
        }

        return false;
    }

    /// <summary>A body that returns a value task, as one that returns a task.</summary>
    public static Func<Task> AsTask(Func<ValueTask> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return () => body().AsTask();
    }

    /// <inheritdoc cref="AsTask(Func{ValueTask})"/>
    public static Func<Task<T>> AsTask<T>(Func<ValueTask<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return () => body().AsTask();
    }

    /// <inheritdoc cref="AsTask(Func{ValueTask})"/>
    public static Func<TScope, Task> AsTask<TScope>(Func<TScope, ValueTask> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return scope => body(scope).AsTask();
    }

    /// <inheritdoc cref="AsTask(Func{ValueTask})"/>
    public static Func<TScope, Task<T>> AsTask<TScope, T>(Func<TScope, ValueTask<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return scope => body(scope).AsTask();
    }
}

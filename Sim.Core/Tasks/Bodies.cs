using System.Diagnostics.CodeAnalysis;

namespace Sim.Core;

/// <summary>What the callers of a user's delegate share.</summary>
internal static class Bodies
{
    /// <summary>The task that a body has returned; one that is no async method may have returned none.</summary>
    public static TTask Started<TTask>([NotNull] TTask? task, string what)
        where TTask : Task =>
        task ?? throw new LoopException($"The body of {what} returned null instead of a Task {Places.Here()}: make it an async method.");
}

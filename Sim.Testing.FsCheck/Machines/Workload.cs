using System.Collections.Immutable;

namespace Sim.Testing.FsCheck;

/// <summary>What several tasks are to do at once: the operations of each, in order. Immutable.</summary>
/// <param name="Tasks">The operations of each task.</param>
internal sealed record Workload(ImmutableArray<ImmutableArray<Command>> Tasks)
{
    /// <summary>The name of a task by its number: A, B, C, …, Z, A1, B1, ….</summary>
    public static string NameOf(int task) => $"{(char)('A' + (task % 26))}{(task < 26 ? "" : task / 26)}";

    public override string ToString() =>
        string.Join('\n', Tasks.Select(static (commands, i) => $"{NameOf(i)}: {string.Join("; ", commands)}"));
}

namespace Sim.Core;

/// <summary>
/// The word of who makes a loop that it has no processes of a machine. Kept apart from what starts processes, which lies right of
/// what makes loops.
/// </summary>
internal sealed class NoProcesses
{
    private static readonly LoopLocal<NoProcesses> _local = new(static _ => new NoProcesses());

    private NoProcesses()
    {
    }

    public static void Mark(EventLoop loop) => _ = _local[loop];

    public static bool IsMarked(EventLoop loop) => _local.Find(loop) is not null;
}

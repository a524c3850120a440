namespace Sim.World;

/// <summary>Something that steps of one run use: a resource, a future, a task. Kept and cleared from run to run.</summary>
internal sealed class Thing
{
    public ulong Key { get; set; }

    /// <summary>For a task: how many steps it has taken, and how many operations made.</summary>
    public int Steps { get; set; }

    public int Operations { get; set; }

    /// <summary>Which steps have used it, in their order.</summary>
    public List<(int Step, UseMode Mode)> Accesses { get; } = [];

    /// <summary>The operations that happened before all writes so far; before all reads; before its end.</summary>
    public BitRow Writes { get; } = new();

    public BitRow Reads { get; } = new();

    public BitRow End { get; } = new();

    public void Clear(ulong key)
    {
        (Key, Steps, Operations) = (key, 0, 0);
        Accesses.Clear();
        Writes.Clear();
        Reads.Clear();
        End.Clear();
    }
}

namespace Sim.World;

/// <summary>A task of the run, as far as it counts for what happens before what.</summary>
internal sealed class CausalTask
{
    /// <summary>Made of the step that created it.</summary>
    public ulong Key { get; set; } = CausalThing.UnknownKey;

    /// <summary>How many steps it has taken, and how many operations made.</summary>
    public int Steps { get; set; }

    public int Operations { get; set; }

    /// <summary>The column of its operations; -1 = it has made none.</summary>
    public int Column { get; set; } = -1;

    /// <summary>What happened before its next step.</summary>
    public CausalRow Row { get; set; } = new();
}

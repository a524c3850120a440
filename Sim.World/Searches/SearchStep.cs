namespace Sim.World;

/// <summary>One step of the run that is searched. Kept and cleared from run to run.</summary>
internal sealed class SearchStep
{
    /// <summary>The ready number, and a number for the step that is the same in every run.</summary>
    public long Sequence { get; set; }

    public ulong Id { get; set; }

    /// <summary>The task; -1 = a callback.</summary>
    public int Task { get; set; }

    public ulong Lineage { get; set; }

    /// <summary>The step that made it ready; -1 = none.</summary>
    public int Cause { get; set; }

    /// <summary>The first step after time has last moved: all before it happened before this one.</summary>
    public int Epoch { get; set; }

    /// <summary>The node of the search tree in which it was chosen; -1 = there was no choice.</summary>
    public int Node { get; set; }

    /// <summary>Whether it may depend on any other: nothing is known of what it did.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>Whether it asks the loop to stop: what could have come before must.</summary>
    public bool IsStop { get; set; }

    /// <summary>Whether the main task goes on because a task that it awaited has ended.</summary>
    public bool IsJoin { get; set; }

    public bool HasOperation { get; set; }

    /// <summary>The thing that it was announced to touch; -1 = none.</summary>
    public int Announced { get; set; }

    public int Operations { get; set; }

    public int Callbacks { get; set; }

    public int Timers { get; set; }

    public int Created { get; set; }

    /// <summary>What it used, each thing once.</summary>
    public List<StepUse> Uses { get; } = [];

    public List<int> Things { get; } = [];

    /// <summary>What it did, in order.</summary>
    public List<StepEvent> Events { get; } = [];

    /// <summary>The steps that happened before.</summary>
    public BitRow Before { get; } = new();

    public void Clear()
    {
        Announced = -1;
        Operations = 0;
        (IsSuspect, IsStop, IsJoin, HasOperation, Callbacks, Timers, Created) = (false, false, false, false, 0, 0, 0);
        Uses.Clear();
        Things.Clear();
        Events.Clear();
    }

    public void Use(int thing, ulong key, UseMode mode)
    {
        var place = Things.IndexOf(thing);
        if (place < 0)
        {
            Things.Add(thing);
            Uses.Add(new StepUse(key, mode));
        }
        else
        {
            Uses[place] = new StepUse(key, StepUse.Join(Uses[place].Mode, mode));
        }
    }
}

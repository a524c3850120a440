namespace Sim.Core;

/// <summary>The callbacks a scheduler may choose from, oldest first. Valid during <see cref="IScheduler.Choose"/> only.</summary>
public readonly ref struct RunnableSet
{
    private readonly ReadyQueue _ready;

    internal RunnableSet(ReadyQueue ready) => _ready = ready;

    /// <summary>How many there are.</summary>
    public int Count => _ready.Count;

    /// <summary>The task or callback context of one; null for a completion of the loop itself (a fired timer, a packet).</summary>
    public LoopContext? ContextOf(int index) => _ready[index].Context;

    /// <summary>A name for one that is the same in every run: the task's, or the callback's method.</summary>
    public string LabelOf(int index)
    {
        ref readonly var item = ref _ready[index];
        return CodeNames.LabelOf(item.Context, item.Callback!, item.State);
    }
}

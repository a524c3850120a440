namespace Sim.Core;

/// <summary>The callbacks a scheduler may choose from, oldest first. Valid during <see cref="IScheduler.Choose"/> only.</summary>
public readonly ref struct RunnableSet
{
    private readonly ref ReadyQueue _ready;

    internal RunnableSet(ref ReadyQueue ready) => _ready = ref ready;

    /// <summary>How many there are.</summary>
    public int Count => _ready.Count;

    /// <summary>The task or callback context of one; null for a completion of the loop itself (a fired timer, a packet).</summary>
    public LoopContext? ContextOf(int index) => _ready.ContextOf(index);

    /// <summary>The number with which one became ready: it identifies what is no task.</summary>
    public long SequenceOf(int index) => _ready[index].Sequence;

    /// <summary>
    /// A name for one that is the same in every run: the task's, or the callback's method. Where several async flows of one
    /// task are ready (<c>Task.WhenAll</c>), with the method that goes on: <c>main.PayAsync</c>, <c>main.PayAsync-2</c>.
    /// </summary>
    public string LabelOf(int index)
    {
        ref readonly var item = ref _ready[index];
        var label = CodeNames.LabelOf(_ready.ContextOf(index), item.Callback!, item.State);
        if (_ready.ContextOf(index) is not { IsTask: true } task)
        {
            return label;
        }

        var method = MethodOf(index);
        int others = 0, alikeBefore = 0;
        for (var i = 0; i < _ready.Count; i++)
        {
            if (i != index && ReferenceEquals(_ready.ContextOf(i), task))
            {
                others++;
                alikeBefore += i < index && MethodOf(i) == method ? 1 : 0;
            }
        }

        return others == 0 ? label : alikeBefore == 0 ? $"{label}.{method}" : $"{label}.{method}-{alikeBefore + 1}";
    }

    /// <summary>
    /// The async methods in which one goes on, the innermost first, with file and line of the await where symbols tell them, and
    /// each awaited by the next: <c>WithdrawAsync (Account.cs:37)</c>. Empty for what is no async method, and for a task's first
    /// step. Takes microseconds: for explanations, not for decisions, which must not depend on symbols.
    /// </summary>
    public IReadOnlyList<string> AwaitSitesOf(int index) => AwaitSites.StackOf(_ready[index].State ?? _ready[index].Callback);

    private string MethodOf(int index) => CodeNames.OfContinuation(_ready[index].State ?? _ready[index].Callback) ?? "flow";
}

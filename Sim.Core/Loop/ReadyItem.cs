namespace Sim.Core;

/// <summary>
/// One entry of the ready queue: a delegate with its state, and where to run it. A struct of four words, so that
/// scheduling a callback allocates nothing and two entries share a line of the cache.
/// </summary>
internal struct ReadyItem
{
    /// <summary>An <c>Action&lt;object?&gt;</c>, a <c>SendOrPostCallback</c> or an <c>Action</c>; null = cancelled.</summary>
    public Delegate? Callback;

    /// <summary>Handed to the callback.</summary>
    public object? State;

    /// <summary>
    /// Where to run it, in one word, because each word that refers to something costs when it is written: the execution context
    /// of a plain callback; the <see cref="LoopContext"/> of what runs in the loop's own execution context; a
    /// <see cref="ContextAndFlow"/> for what needs both; null for a completion of the loop itself, which needs neither.
    /// </summary>
    public object? Place;

    /// <summary>Rises with every entry of one loop.</summary>
    public long Sequence;
}

namespace Sim.Core;

/// <summary>
/// One entry of the ready queue: a delegate with its state, and where to run it. A struct of five words, so that
/// scheduling a callback allocates nothing.
/// </summary>
internal struct ReadyItem
{
    /// <summary>An <c>Action&lt;object?&gt;</c>, a <c>SendOrPostCallback</c> or an <c>Action</c>; null = cancelled.</summary>
    public Delegate? Callback;

    /// <summary>Handed to the callback.</summary>
    public object? State;

    /// <summary>The synchronization context to run under; null = none, so that <c>ConfigureAwait(false)</c> stays here.</summary>
    public LoopContext? Context;

    /// <summary>The execution context to run in; null = the loop's own.</summary>
    public ExecutionContext? Flow;

    /// <summary>Rises with every entry of one loop.</summary>
    public long Sequence;
}

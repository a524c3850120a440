namespace Sim.Core;

/// <summary>
/// The future of one who waits in line: for a lock, an item, the members of a wait. Whoever wakes it sets it; cancelling
/// the task that awaits it cancels it. Loop thread only.
/// </summary>
internal class Waiter : Future<ValueTuple>
{
    // Its neighbours in a line: the line that it stands in keeps them.
    internal Waiter? Ahead;
    internal Waiter? Behind;
    internal bool IsInLine;

    public Waiter(EventLoop loop, IWaitReason reason)
        : base(loop) => Reason = reason;

    /// <summary>What it waits for, in words.</summary>
    protected virtual IWaitReason Reason { get; }

    /// <summary>Lets the one who waits go on, unless it is on its way already.</summary>
    /// <returns>Whether this call woke it.</returns>
    public bool Wake() => !HasEnded && TrySetResult(default);

    /// <summary>Who holds what is waited for.</summary>
    internal IEnumerable<LoopContext> Holders => Reason.Holders;

    internal override IEnumerable<Future> Awaited => Reason.AwaitedFutures;

    private protected override string DescribeCancelled() => $"The wait for {Describe()} was cancelled{DescribeRequest()}";

    internal override string Describe() => Reason.DescribeReason();
}

namespace Sim.Core;

/// <summary>What a <see cref="Waiter"/> waits for, for traces, stall reports and the call graph.</summary>
internal interface IWaitReason
{
    /// <summary>A noun phrase, the same in every run: "lock 'orders'", "an item of queue 'mail'".</summary>
    string DescribeReason();

    /// <summary>The futures that it waits for, where it is futures that it waits for.</summary>
    IEnumerable<Future> AwaitedFutures => [];

    /// <summary>Who hold it, as far as that is known: one of them must let go of it first.</summary>
    IEnumerable<LoopContext> Holders => [];
}

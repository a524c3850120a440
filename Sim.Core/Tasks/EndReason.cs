namespace Sim.Core;

/// <summary>Waiting until a future has ended, however it ends.</summary>
internal sealed class EndReason(Future future) : IWaitReason
{
    /// <summary>The done callback that wakes a <see cref="Waiter"/>, its state.</summary>
    public static Action<object?> Wake { get; } = static waiter => ((Waiter)waiter!).Wake();

    public IEnumerable<Future> AwaitedFutures => [future];

    public string DescribeReason() => $"the end of {future.Describe()}";
}

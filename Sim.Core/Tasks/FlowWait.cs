using Sim.Clock;

namespace Sim.Core;

/// <summary>What one flow of a task is suspended on, where, and since when.</summary>
/// <param name="Wait">What it waits on.</param>
/// <param name="Continuation">What goes on when the wait is over: it knows the method.</param>
/// <param name="Since">The time of the iteration in which it began.</param>
internal readonly record struct FlowWait(IWait Wait, object? Continuation, Instant Since)
{
    /// <summary>"waits on event 'open' since 0.000s in ListenAsync".</summary>
    public string Describe(Func<object?, string?> siteOf) =>
        $"{Wait.DescribeWait()} since {Since}{(siteOf(Continuation) is { } method ? $" in {method}" : "")}";

    /// <summary>Takes the flow that waits on <paramref name="wait"/> out of a list; false if none does.</summary>
    public static bool Remove(List<FlowWait> flows, IWait wait)
    {
        for (var i = 0; i < flows.Count; i++)
        {
            if (ReferenceEquals(flows[i].Wait, wait))
            {
                flows.RemoveAt(i);
                return true;
            }
        }

        return false;
    }
}

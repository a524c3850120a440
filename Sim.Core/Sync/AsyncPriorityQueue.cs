namespace Sim.Core;

/// <summary>A queue that gives out the least item first, and of equal ones the oldest. Loop thread only.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class AsyncPriorityQueue<T> : AsyncQueue<T>
{
    /// <summary>An empty queue.</summary>
    /// <param name="maxSize">How many items there is room for; 0 or less = any number.</param>
    /// <param name="comparer">Which item is less; by default their own order. If it throws, the queue is as it was.</param>
    /// <param name="name">Its name in messages and traces.</param>
    public AsyncPriorityQueue(int maxSize = 0, IComparer<T>? comparer = null, string? name = null)
        : base(new PriorityItems<T>(comparer ?? new NaturalOrder<T>(Titles.Of("queue", name))), maxSize, name)
    {
    }
}

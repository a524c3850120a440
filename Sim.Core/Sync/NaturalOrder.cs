namespace Sim.Core;

/// <summary>The items' own order. Where they have none, the error names the queue and the parameter that helps.</summary>
internal sealed class NaturalOrder<T>(string title) : IComparer<T>
{
    public int Compare(T? x, T? y)
    {
        try
        {
            return Comparer<T>.Default.Compare(x!, y!);
        }
        catch (ArgumentException none)
        {
            throw new LoopException(
                $"{title} cannot tell {Places.Here()} which of two items comes first: {typeof(T).Name}, or a part of it, has no order (IComparable). "
                + "Give the queue a comparer: its parameter 'comparer'.",
                none);
        }
    }
}

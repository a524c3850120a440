namespace Sim.Conformance;

/// <summary>SplitMix64 and the four ways in which the generator of programs draws from it.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => (int)((Next() >> 11) % (ulong)bound);

    public T Pick<T>(params ReadOnlySpan<T> items) => items[Below(items.Length)];

    public bool Chance(int percent) => Below(100) < percent;

    /// <summary>One of the items, each as often as its weight says. All items are made, and what they draw is drawn.</summary>
    public T Weighted<T>(params ReadOnlySpan<(T Item, int Weight)> table)
    {
        var total = 0;
        foreach (var (_, weight) in table)
        {
            total += weight;
        }

        var left = Below(total);
        foreach (var (item, weight) in table)
        {
            if (left < weight)
            {
                return item;
            }

            left -= weight;
        }

        throw new InvalidOperationException("A table of weights has no entry, or one that is not positive.");
    }
}

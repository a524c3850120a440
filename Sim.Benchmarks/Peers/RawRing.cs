namespace Sim.Benchmarks;

/// <summary>The least that a queue of callbacks can cost: a ring of delegate and state, no handles, no contexts.</summary>
internal static class RawRing
{
    public static void Ready()
    {
        var ring = new (Action<object?> Callback, object? State)[1024];
        int head = 0, count = 0, left = Sizes.Callbacks;
        void Add(Action<object?> callback, object? state) => ring[(head + count++) & 1023] = (callback, state);
        Action<object?> chain = null!;
        chain = _ =>
        {
            if (--left > 0)
            {
                Add(chain, null);
            }
        };
        for (var i = 0; i < Sizes.Chains; i++)
        {
            Add(chain, null);
        }

        while (count > 0)
        {
            var (callback, state) = ring[head];
            head = (head + 1) & 1023;
            count--;
            callback(state);
        }
    }
}

using Sim.Core;

namespace Samples;

/// <summary>
/// A cache in front of a <see cref="PriceStore"/>. Filling it is a check-then-act on the dictionary with an await in
/// between: a price that was read before a change may be put in after the change has thrown the old one out, and stay.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="checksAgain">Whether what was read is put in only if nothing was changed meanwhile.</param>
public sealed class PriceCache(PriceStore store, bool checksAgain)
{
    private readonly Dictionary<string, int> _prices = [];
    private int _changes;

    #region cache
    /// <summary>The price from the cache, or else from the store.</summary>
    public async Task<int> GetAsync(string fruit)
    {
        if (_prices.TryGetValue(fruit, out var cached))
        {
            return cached;
        }

        var before = _changes;
        var price = await store.ReadAsync(fruit);
        if (checksAgain && _changes != before)
        {
            Asyncio.GetRunningLoop().Note($"{fruit}: {price} is not cached, a price has changed meanwhile");
            return price;
        }

        _prices[fruit] = price;
        Asyncio.GetRunningLoop().Note($"{fruit}: {price} is cached");
        return price;
    }

    /// <summary>Changes the price in the store and throws the old one out of the cache.</summary>
    public async Task SetAsync(string fruit, int price)
    {
        await store.WriteAsync(fruit, price);
        _changes++;
        _prices.Remove(fruit);
        Asyncio.GetRunningLoop().Note($"{fruit}: {price} from now on");
    }
    #endregion
}

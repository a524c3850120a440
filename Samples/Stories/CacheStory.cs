using Sim.Core;
using Sim.Testing;

namespace Samples;

/// <summary>
/// A shopper asks for a price while the grocer changes it. Afterwards, when all is quiet, the cache must say what the
/// store says.
/// </summary>
public static class CacheStory
{
    private const string Fruit = "plums";

    /// <summary>With the planted bug.</summary>
    [Scenario("cache-stale", MustFail = "a cache is filled across an await")]
    public static Task StaleAsync() => TradeAsync(checksAgain: false);

    /// <summary>Looks again after the await, before it acts.</summary>
    [Scenario("cache-mended")]
    public static Task MendedAsync() => TradeAsync(checksAgain: true);

    private static async Task TradeAsync(bool checksAgain)
    {
        var store = new PriceStore { [Fruit] = 3 };
        var cache = new PriceCache(store, checksAgain);

        var shopper = Asyncio.CreateTask(() => cache.GetAsync(Fruit), "shopper");
        var grocer = Asyncio.CreateTask(() => ChangePriceAsync(cache), "grocer");
        await shopper;
        await grocer;

        var price = await cache.GetAsync(Fruit);
        InvariantBrokenException.ThrowUnless(
            price == store[Fruit], $"The cache is stale: it says that {Fruit} cost {price}, and the store has said {store[Fruit]} since.");
    }

    private static async Task ChangePriceAsync(PriceCache cache)
    {
        await Wire.CrossAsync(); // from the grocer's desk to the shop's server
        await cache.SetAsync(Fruit, 4);
    }
}

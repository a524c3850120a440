using Sim.Core;

namespace Samples;

/// <summary>The store of prices, at the other end of a wire: the truth, and slow to reach.</summary>
public sealed class PriceStore
{
    private readonly Dictionary<string, int> _prices = [];

    /// <summary>What the store holds now, without crossing the wire: for checks.</summary>
    public int this[string fruit]
    {
        get => _prices[fruit];
        set => _prices[fruit] = value;
    }

    /// <summary>The price at the time of the question.</summary>
    public async Task<int> ReadAsync(string fruit)
    {
        var price = _prices[fruit];
        Asyncio.GetRunningLoop().Note($"{fruit}: the store says {price}");
        await Wire.CrossAsync();
        return price;
    }

    /// <summary>Sets the price when the message arrives.</summary>
    public async Task WriteAsync(string fruit, int price)
    {
        await Wire.CrossAsync();
        _prices[fruit] = price;
    }
}

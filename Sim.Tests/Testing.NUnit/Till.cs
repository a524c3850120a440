using Sim.Core;

namespace Sim.Tests;

/// <summary>A till with a stock, for the page on testing.</summary>
internal sealed class Till(int stock)
{
    public int Sold { get; private set; }

    /// <summary>Sells what is there, after so many steps on the way to the shop; true if there was enough.</summary>
    public async Task<bool> SellAsync(int count, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            await Asyncio.YieldAsync();
        }

        if (count > stock)
        {
            return false;
        }

        stock -= count;
        Sold += count;
        return true;
    }
}

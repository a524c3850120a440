#region market
namespace Sim.Tests;

/// <summary>A source of rates that is down for a while; its answers take half a second.</summary>
public sealed class MarketDay(TimeProvider time) : IRateSource
{
    private readonly DateTimeOffset _opens = time.GetUtcNow();
    private int _cents = 100;

    public async Task<int> FetchAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500), time, cancellationToken);
        var hour = time.GetUtcNow() - _opens;
        return hour > TimeSpan.FromMinutes(59) && hour < TimeSpan.FromMinutes(61)
            ? throw new HttpRequestException("503 Service Unavailable")
            : ++_cents;
    }
}
#endregion

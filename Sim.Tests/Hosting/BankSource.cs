using Microsoft.Extensions.Hosting;

namespace Sim.Tests;

/// <summary>A source of rates that ends the application when it is asked.</summary>
internal sealed class BankSource(IHostApplicationLifetime lifetime) : IRateSource
{
    public Task<int> FetchAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication();
        return Task.FromResult(112);
    }
}

#region register
using Microsoft.Extensions.DependencyInjection;

namespace Sim.Tests;

public static class RateServices
{
    public static IServiceCollection AddRates(this IServiceCollection services) =>
        services.AddSingleton<RateBoard>().AddHostedService<RateWorker>();
}
#endregion

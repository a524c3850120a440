using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sim.Core;

namespace Sim.Hosting;

/// <summary>Makes the loop of a host: by its options, and with its log.</summary>
internal static class HostedLoops
{
    public static EventLoop Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<EventLoopOptions>>().Value;
        var logger = LoggerOf(services);
        var loop = options.Factory(new LoopOptions
        {
            Name = options.Name,
            Debug = options.Debug,
            SlowCallback = options.SlowCallback,
            RefuseBlockingWaits = options.RefuseBlockingWaits,
            Log = line => LoopLog.Warning(logger, line),
        });
        loop.ExceptionHandler ??= error => LoopLog.Error(logger, error);
        return loop;
    }

    /// <summary>The log of the loop, under the name of its type; into nothing where the host has no logging.</summary>
    public static ILogger LoggerOf(IServiceProvider services) =>
        (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<EventLoop>();
}

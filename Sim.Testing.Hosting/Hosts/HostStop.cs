using Microsoft.Extensions.Hosting;
using Sim.Clock;
using Sim.Core;

namespace Sim.Testing.Hosting;

/// <summary>Stopping a host: each service is told, the last one first, whatever becomes of the others.</summary>
internal sealed class HostStop(IReadOnlyList<IHostedService> services, CancellationToken patience)
{
    private readonly List<Exception> _failures = [];

    public async Task TellAsync<T>(Func<T, CancellationToken, Task> tell)
    {
        foreach (var service in services.Reverse().OfType<T>())
        {
            try
            {
                await tell(service, patience);
            }
#pragma warning disable CA1031 // The others must be told too; the failures are thrown together at the end.
            catch (Exception failure)
            {
                _failures.Add(failure);
            }
#pragma warning restore CA1031
        }
    }

    public void ThrowIfFailed(EventLoop loop, TimeSpan timeout)
    {
        var busy = services.OfType<BackgroundService>().Where(static service => service.ExecuteTask is { IsCompleted: false })
            .Select(ServiceNames.Of).ToList();
        if (busy.Count > 0)
        {
            _failures.Insert(0, new TimeoutException(
                $"The host was told to stop, and {string.Join(" and ", busy)} did not end within {Durations.Format(timeout)} "
                + $"of virtual time (it is {loop.Time}). "
                + "Pass the stopping token to whatever the service waits for."));
        }

        if (_failures.Count == 1)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failures[0]);
        }

        if (_failures.Count > 1)
        {
            throw new AggregateException("Several services failed when the host stopped.", _failures);
        }
    }
}

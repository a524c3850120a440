using System.Net;
using Sim.Core;

#pragma warning disable RS0030 // Kestrel and HttpClient await without a context: with one of the loop's set they would go on on the pool.
namespace Sim.Kestrel;

/// <summary>
/// Two listeners as one: that of all addresses of IPv6, whose name it bears, and that of all of IPv4 at the same port. Kestrel takes them
/// for one, as a socket of its own would be. Loop thread only.
/// </summary>
internal sealed class TwinListener(IListener one, IListener other) : IListener
{
    // Each goes on waiting when the other has brought a guest: what comes meanwhile is for the next who accepts.
    private readonly Task<IConnection>?[] _waits = new Task<IConnection>?[2];

    public EndPoint LocalEndPoint => one.LocalEndPoint;

    public async ValueTask<IConnection> AcceptAsync(CancellationToken cancellationToken = default)
    {
        _waits[0] ??= one.AcceptAsync(CancellationToken.None).AsTask();
        _waits[1] ??= other.AcceptAsync(CancellationToken.None).AsTask();
        var first = await Task.WhenAny(_waits!).WaitAsync(cancellationToken).ConfigureAwait(false);
        _waits[Array.IndexOf(_waits, first)] = null;
        return await first.ConfigureAwait(false);
    }

    public void Dispose()
    {
        one.Dispose();
        other.Dispose();
        foreach (var wait in _waits)
        {
            // A guest whom nobody has accepted.
            wait?.ContinueWith(
                static came => came.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}

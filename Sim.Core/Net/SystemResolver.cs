using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// The resolver of this machine, with its hosts file, servers and order. It blocks, so it is asked in an executor, as asyncio
/// does; who gives up waits no longer, while the question goes on to its end there. Loop thread only.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="executor">Where the system is asked; null = the loop's default executor.</param>
public sealed class SystemResolver(EventLoop loop, IExecutor? executor = null) : IResolver
{
    private readonly EventLoop _loop = loop ?? throw new ArgumentNullException(nameof(loop));

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(
        string host, AddressFamily family = AddressFamily.Unspecified, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        _loop.CheckThread();
        cancellationToken.ThrowIfCancellationRequested();
        if (HostNames.AsAddress(host, family) is { } known)
        {
            return known;
        }

        // A failure is a result: told to nobody if nobody waits any more.
        var asking = _loop.RunInExecutorAsync(() => Ask(host, family), executor);
        var (addresses, failure) = await Asyncio.WaitForAsync(asking, null, cancellationToken);
        return failure is null && addresses.Length > 0
            ? addresses
            : throw HostNames.NotFound(host, failure?.SocketErrorCode ?? SocketError.NoData, failure);
    }

    private static (IPAddress[] Addresses, SocketException? Failure) Ask(string host, AddressFamily family)
    {
        try
        {
            return (Dns.GetHostAddresses(host, family), null);
        }
        catch (SocketException failure)
        {
            return ([], failure);
        }
        catch (ArgumentException)
        {
            // Longer than any name.
            return ([], new SocketException((int)SocketError.HostNotFound));
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// The twin of <see cref="SystemResolver"/>: a table of names, and a latency that the loop's scheduler draws for each question.
/// It knows <c>localhost</c>, by both of its addresses. Loop thread only.
/// </summary>
public sealed class VirtualResolver : IResolver
{
    private readonly EventLoop _loop;
    private readonly VirtualNetworkOptions _options;

    // Looked up by name, never iterated.
    private readonly Dictionary<string, IReadOnlyList<IPAddress>> _names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["localhost"] = [IPAddress.IPv6Loopback, IPAddress.Loopback],
    };

    /// <summary>A resolver that knows no name but <c>localhost</c>.</summary>
    /// <param name="loop">Whose time it takes, and whose scheduler draws.</param>
    /// <param name="options">How long an answer takes: the latency there and back, and the jitter once.</param>
    public VirtualResolver(EventLoop loop, VirtualNetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        _loop = loop;
        _options = options ?? new VirtualNetworkOptions();
        _options.Check();
    }

    /// <summary>Gives a name its addresses from now on, in the order in which they are to be tried; none = nobody knows it.</summary>
    public void Set(string host, params IReadOnlyList<IPAddress> addresses)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentNullException.ThrowIfNull(addresses);
        _loop.Touch(this);
        _names[host] = [.. addresses];
    }

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

        await Asyncio.SleepAsync(_options.Latency + VirtualLink.Draw(_loop, _options, $"latency of the name {host}"), cancellationToken);
        _loop.Touch(this, isWrite: false);
        var found = _names.GetValueOrDefault(host, []).Where(address => HostNames.IsOf(address, family)).ToList();
        return found.Count > 0 ? found : throw HostNames.NotFound(host, SocketError.HostNotFound);
    }
}

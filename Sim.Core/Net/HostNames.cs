using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>What every resolver knows without asking.</summary>
internal static class HostNames
{
    /// <summary>The answer, if the name is an address in text.</summary>
    /// <exception cref="NetworkException">It is, and of another family.</exception>
    public static IReadOnlyList<IPAddress>? AsAddress(string host, AddressFamily family) =>
        !IPAddress.TryParse(host, out var address) ? null
        : IsOf(address, family) ? [address]
        : throw NotFound(host, SocketError.NoData);

    public static bool IsOf(IPAddress address, AddressFamily family) =>
        family == AddressFamily.Unspecified || address.AddressFamily == family;

    public static NetworkException NotFound(string host, SocketError error, Exception? inner = null) =>
        NetworkException.Of(error == SocketError.NoData ? SocketError.HostNotFound : error, $"Looking up \"{host}\"", inner);
}

using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Sim.Core;

/// <summary>
/// Which addresses of the internet protocol the networks know. What they give back is a copy: an <see cref="IPEndPoint"/> can
/// be changed, by who gave it and by who is handed it.
/// </summary>
internal static class IPAddresses
{
    /// <summary>A copy of the address, if it is one of the internet protocol.</summary>
    /// <exception cref="NotSupportedException">It is of another kind.</exception>
    public static IPEndPoint Require([NotNull] EndPoint? address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address is IPEndPoint given ? Copy(given) : throw new NotSupportedException(
            $"{address} is a {address.GetType().Name} {Places.Here()}; here the network knows {nameof(IPEndPoint)} only. "
            + "Look a name up before, and give the address.");
    }

    /// <summary>
    /// Where to connect to. A listener at all addresses calls itself by the unspecified one; Linux takes that for loopback, and
    /// other systems refuse it.
    /// </summary>
    /// <exception cref="NotSupportedException">It is of another kind.</exception>
    public static IPEndPoint RequireTarget([NotNull] EndPoint? address)
    {
        var given = Require(address);
        return IsAny(given.Address) ? new IPEndPoint(LoopbackOf(given), given.Port) : given;
    }

    public static IPEndPoint Copy(IPEndPoint address) => new(address.Address, address.Port);

    /// <summary>A copy of what can be changed, and what cannot be changed itself.</summary>
    public static EndPoint Copy(EndPoint address) => address is IPEndPoint ip ? Copy(ip) : address;

    public static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>The loopback address of the same family: where this machine calls itself from.</summary>
    public static IPAddress LoopbackOf(IPEndPoint address) =>
        address.AddressFamily == IPAddress.IPv6Loopback.AddressFamily ? IPAddress.IPv6Loopback : IPAddress.Loopback;

    /// <summary>Whether one of the two at the other's address would take what is meant for it.</summary>
    public static bool Overlap(IPEndPoint one, IPEndPoint other) => one.Port == other.Port && one.AddressFamily == other.AddressFamily
        && (one.Address.Equals(other.Address) || IsAny(one.Address) || IsAny(other.Address));
}

using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Sim.Core;

/// <summary>Which addresses the networks know.</summary>
internal static class IPAddresses
{
    /// <summary>The address, if it is one of the internet protocol.</summary>
    /// <exception cref="NotSupportedException">It is of another kind.</exception>
    public static IPEndPoint Require([NotNull] EndPoint? address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address as IPEndPoint ?? throw new NotSupportedException(
            $"{address} is a {address.GetType().Name} {Places.Here()}; the network knows {nameof(IPEndPoint)} only. Look a name up before, "
            + "and give the address.");
    }

    /// <summary>
    /// Where to connect to. A listener at all addresses calls itself by the unspecified one; Linux takes that for loopback, and
    /// other systems refuse it.
    /// </summary>
    /// <exception cref="NotSupportedException">It is of another kind.</exception>
    public static IPEndPoint RequireTarget([NotNull] EndPoint? address)
    {
        var given = Require(address);
        return given.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, given.Port)
            : given.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, given.Port)
            : given;
    }
}

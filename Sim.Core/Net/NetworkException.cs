using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// Something that a network said: refused, reset, no room. An <see cref="IOException"/>, because what reads streams catches
/// that; the inner exception is the socket's where there is one.
/// </summary>
/// <param name="error">What it was.</param>
/// <param name="message">A sentence.</param>
/// <param name="inner">What was thrown below.</param>
public sealed class NetworkException(SocketError error, string message, Exception? inner = null)
    : IOException(message, inner ?? new SocketException((int)error))
{
    /// <summary>What it was: the same word for sockets and for their twin.</summary>
    public SocketError Error { get; } = error;

    /// <summary>The connection that is broken, where it is one.</summary>
    internal IConnection? Connection { get; init; }

    /// <summary>The error of one operation, with when and where.</summary>
    internal static NetworkException Of(
        SocketError error, string operation, Exception? inner = null, IConnection? connection = null) =>
        new(error, $"{operation} failed {Places.Here()}: {Words(error)} ({error}).", inner) { Connection = connection };

    private static string Words(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "nobody listens there, or its queue is full",
        SocketError.ConnectionReset => "the other side has broken off the connection",
        SocketError.AddressAlreadyInUse => "it is taken; port 0 takes a free port, and a path whose owner is gone can be deleted",
        SocketError.AddressNotAvailable => "that address is not one of this machine, its folder does not exist, or no port is left",
        SocketError.HostNotFound => "nobody knows that name",
        SocketError.TryAgain => "who knows names does not answer",
        SocketError.MessageSize => "a datagram of that length does not fit",
        SocketError.AccessDenied => "this user may not do that there",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no way leads there",
        SocketError.TooManyOpenSockets => "there are no descriptors left; close connections, or raise the limit (ulimit -n)",
        SocketError.TimedOut => "the other side does not answer",
        _ => new SocketException((int)error).Message,
    };
}

using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;

namespace Sim.Core;

/// <summary>
/// Connects to a name that has several addresses (RFC 8305, as asyncio does it): they are tried in the order of the resolver,
/// its two families in turn, each a quarter of a second after the one before it or as soon as that one has failed. The first
/// that answers is taken; the others are given up and closed. Loop thread only, in a task.
/// </summary>
public static class HappyEyeballs
{
    /// <summary>How long an attempt has before the next begins beside it: 250 ms, as RFC 8305 has it.</summary>
    public static TimeSpan DefaultStagger { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks the name up and connects to one of its addresses.</summary>
    /// <param name="network">Connects to each address.</param>
    /// <param name="resolver">Knows the addresses.</param>
    /// <param name="remote">The name and the port; its family, if it names one, is the only one tried.</param>
    /// <param name="stagger">Another <see cref="DefaultStagger"/>, on the loop's clock.</param>
    /// <param name="cancellationToken">Ends the lookup and all attempts; nothing of them is left.</param>
    /// <exception cref="NetworkException">
    /// The name is not known, or no address answers: then the inner exception is an <see cref="AggregateException"/> with the
    /// error of each address in the order of the attempts, and <see cref="NetworkException.Error"/> is the first of them, or
    /// that it was refused, if one was.
    /// </exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    public static async ValueTask<IConnection> ConnectAsync(
        INetwork network,
        IResolver resolver,
        DnsEndPoint remote,
        TimeSpan? stagger = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentOutOfRangeException.ThrowIfLessThan(stagger ?? TimeSpan.Zero, TimeSpan.Zero, nameof(stagger));
        var addresses = Interleave(await resolver.ResolveAsync(remote.Host, remote.AddressFamily, cancellationToken));
        var attempts = addresses.Select(address => (Func<Task<IConnection>>)(
            () => network.ConnectAsync(new IPEndPoint(address, remote.Port), cancellationToken).AsTask())).ToList();
        var result = await StaggeredRace.RunAsync(attempts, stagger ?? DefaultStagger, static late => late.Dispose());
        if (result.Prize is { } connection)
        {
            return connection;
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (result.Errors.FirstOrDefault(static error => error is not NetworkException) is { } other)
        {
            // Not for the network to say what that means.
            ExceptionDispatchInfo.Throw(other);
        }

        throw AllFailed(remote, addresses, [.. result.Errors.OfType<NetworkException>()]);
    }

    // The first address decides which family begins.
    private static List<IPAddress> Interleave(IReadOnlyList<IPAddress> addresses)
    {
        var families = addresses.GroupBy(static address => address.AddressFamily).Select(static family => family.ToList()).ToList();
        var longest = families.Count == 0 ? 0 : families.Max(static family => family.Count);
        return [.. from place in Enumerable.Range(0, longest) from family in families where place < family.Count select family[place]];
    }

    private static NetworkException AllFailed(DnsEndPoint remote, List<IPAddress> addresses, List<NetworkException> failures)
    {
        var operation = $"Connecting to {remote.Host}:{remote.Port}";
        if (failures.Count == 0)
        {
            return NetworkException.Of(SocketError.HostNotFound, operation);
        }

        var error = failures.Exists(static failure => failure.Error == SocketError.ConnectionRefused)
            ? SocketError.ConnectionRefused
            : failures[0].Error;
        var each = string.Join(", ", failures.Select((failure, place) => $"{addresses[place]} {failure.Error}"));
        return NetworkException.Of(error, $"{operation} ({each})", new AggregateException(failures));
    }
}

using System.Net;

namespace Sim.Core;

/// <summary>
/// Where a program's connections and datagrams come from: the sockets of this machine, or a twin of them in memory. A program
/// takes one and never asks which it is. Members are for the loop thread.
/// </summary>
public interface INetwork
{
    /// <summary>Connects to a listener.</summary>
    /// <param name="remote">
    /// Its address: an <see cref="IPEndPoint"/>, of which the unspecified address is loopback; a
    /// <see cref="System.Net.Sockets.UnixDomainSocketEndPoint"/>; or a name, a <see cref="DnsEndPoint"/>, of whose addresses the
    /// first that answers is taken (<see cref="HappyEyeballs"/>).
    /// </param>
    /// <param name="cancellationToken">Ends the wait; nothing of the connection is left.</param>
    /// <exception cref="NetworkException">Nobody listens there, the address cannot be reached, or nobody knows the name.</exception>
    /// <exception cref="NotSupportedException">The network does not know this kind of address.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    ValueTask<IConnection> ConnectAsync(EndPoint remote, CancellationToken cancellationToken = default);

    /// <summary>Begins to listen. From now on connections come, and wait for <see cref="IListener.AcceptAsync"/>.</summary>
    /// <param name="local">
    /// The address: an <see cref="IPEndPoint"/>, of which port 0 takes a free one, or a
    /// <see cref="System.Net.Sockets.UnixDomainSocketEndPoint"/>, whose file is made here and removed with the listener.
    /// </param>
    /// <param name="backlog">How many connections may wait to be accepted; beyond that the system may turn them away.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NetworkException">The address is taken, or is not one of this machine.</exception>
    /// <exception cref="NotSupportedException">The network does not know this kind of address.</exception>
    ValueTask<IListener> ListenAsync(EndPoint local, int backlog = 128, CancellationToken cancellationToken = default);

    /// <summary>Takes an address for datagrams (UDP).</summary>
    /// <param name="local">The address: an <see cref="IPEndPoint"/>; port 0 takes a free one.</param>
    /// <param name="remote">
    /// Connects the socket: datagrams go to this <see cref="IPEndPoint"/> alone, others are not received, and who sends is
    /// told when nobody receives there. Null = to and from everywhere.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NetworkException">The address is taken, or is not one of this machine.</exception>
    /// <exception cref="NotSupportedException">The network does not know this kind of address.</exception>
    ValueTask<IDatagramSocket> BindAsync(EndPoint local, EndPoint? remote = null, CancellationToken cancellationToken = default);
}

using System.Net;

namespace Sim.Core;

/// <summary>
/// Where a program's connections come from: the sockets of this machine, or a twin of them in memory. A program takes one
/// and never asks which it is. Members are for the loop thread.
/// </summary>
public interface INetwork
{
    /// <summary>Connects to a listener.</summary>
    /// <param name="remote">Its address: an <see cref="IPEndPoint"/>. Names are not looked up; the unspecified address is loopback.</param>
    /// <param name="cancellationToken">Ends the wait; nothing of the connection is left.</param>
    /// <exception cref="NetworkException">Nobody listens there, or the address cannot be reached.</exception>
    /// <exception cref="NotSupportedException">The network does not know this kind of address.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    ValueTask<IConnection> ConnectAsync(EndPoint remote, CancellationToken cancellationToken = default);

    /// <summary>Begins to listen. From now on connections come, and wait for <see cref="IListener.AcceptAsync"/>.</summary>
    /// <param name="local">The address: an <see cref="IPEndPoint"/>; port 0 takes a free one.</param>
    /// <param name="backlog">How many connections may wait to be accepted; beyond that the system may turn them away.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NetworkException">The address is taken, or is not one of this machine.</exception>
    /// <exception cref="NotSupportedException">The network does not know this kind of address.</exception>
    ValueTask<IListener> ListenAsync(EndPoint local, int backlog = 128, CancellationToken cancellationToken = default);
}

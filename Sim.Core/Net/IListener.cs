using System.Net;

namespace Sim.Core;

/// <summary>
/// An address at which connections arrive. Disposing it ends that at once: who waits to accept gets an
/// <see cref="ObjectDisposedException"/>, and connections that nobody has accepted are broken off. Loop thread only.
/// </summary>
public interface IListener : IDisposable
{
    /// <summary>The address, with the port that was given.</summary>
    EndPoint LocalEndPoint { get; }

    /// <summary>Waits for the next connection, in the order in which they came.</summary>
    /// <param name="cancellationToken">Ends the wait; a connection that comes is for the next who accepts.</param>
    /// <exception cref="InvalidOperationException">Somebody else waits to accept: one at a time.</exception>
    /// <exception cref="ObjectDisposedException">The listener is disposed.</exception>
    /// <exception cref="NetworkException">
    /// A connection is there and cannot be taken, because descriptors are exhausted, for one. The listener goes on.
    /// </exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    ValueTask<IConnection> AcceptAsync(CancellationToken cancellationToken = default);
}

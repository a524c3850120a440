using System.Net;

namespace Sim.Core;

/// <summary>
/// An address from which datagrams go and at which they arrive: each whole or not at all, perhaps in another order, perhaps
/// never. On one machine nothing is lost but what comes when the buffer of the receiver is full: that is dropped without a
/// word. Disposing it ends all waits; what nobody has received is gone. Loop thread only.
/// </summary>
public interface IDatagramSocket : IDisposable
{
    /// <summary>The address of this socket, with the port that was given.</summary>
    EndPoint LocalEndPoint { get; }

    /// <summary>The only address to which and from which datagrams go, if it is connected to one; else null.</summary>
    EndPoint? RemoteEndPoint { get; }

    /// <summary>Waits for a datagram and takes it.</summary>
    /// <param name="buffer">Where to put it. What does not fit is lost, and the result tells.</param>
    /// <param name="cancellationToken">Ends the wait; no datagram is lost.</param>
    /// <exception cref="NetworkException">
    /// A datagram that was sent from here before came to where nobody receives: <c>ConnectionRefused</c>, and only if this
    /// socket is connected. The socket goes on.
    /// </exception>
    /// <exception cref="InvalidOperationException">Somebody else waits to receive: one at a time.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    ValueTask<ReceivedDatagram> ReceiveFromAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    /// <summary>Sends one datagram; none at all if it is cancelled. It waits only while this machine has no room for it.</summary>
    /// <param name="datagram">Its bytes, which may be none; not to be changed before the call is over.</param>
    /// <param name="remote">Where to: an <see cref="IPEndPoint"/>; the unspecified address is loopback.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NetworkException">It is too long (<c>MessageSize</c>), or no way leads there.</exception>
    /// <exception cref="InvalidOperationException">Somebody else waits to send, or the socket is connected.</exception>
    /// <exception cref="NotSupportedException">The network does not know this kind of address.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    ValueTask SendToAsync(ReadOnlyMemory<byte> datagram, EndPoint remote, CancellationToken cancellationToken = default);

    /// <summary>Sends one datagram to the address that the socket is connected to.</summary>
    /// <param name="datagram">Its bytes, which may be none; not to be changed before the call is over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NetworkException">
    /// It is too long (<c>MessageSize</c>), or one that was sent before came to where nobody receives (<c>ConnectionRefused</c>;
    /// this one was not sent then). The socket goes on.
    /// </exception>
    /// <exception cref="InvalidOperationException">Somebody else waits to send, or the socket is not connected.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken = default);
}

using System.Net;

namespace Sim.Core;

/// <summary>
/// One end of a stream of bytes in each direction. Loop thread only. Disposing it closes it: what was sent still arrives, and
/// after it the other side reads the end, unless bytes from there were left unread: then the other side sees a reset.
/// </summary>
public interface IConnection : IDisposable
{
    /// <summary>The address of this end.</summary>
    EndPoint LocalEndPoint { get; }

    /// <summary>The address of the other end.</summary>
    EndPoint RemoteEndPoint { get; }

    /// <summary>Waits until bytes are there and takes as many as there are, at least one.</summary>
    /// <param name="buffer">Where to put them. An empty one takes nothing, at once.</param>
    /// <param name="cancellationToken">Ends the wait; no byte is lost.</param>
    /// <returns>How many; 0 = the other side has ended its direction.</returns>
    /// <exception cref="NetworkException">The other side has broken off the connection.</exception>
    /// <exception cref="InvalidOperationException">Somebody else waits to receive: one at a time.</exception>
    /// <exception cref="ObjectDisposedException">The connection is disposed.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends all bytes: waits as long as the other side does not make room for them. When it is over they are on their way,
    /// which does not mean that they have arrived.
    /// </summary>
    /// <param name="bytes">What to send; not to be changed before it is over.</param>
    /// <param name="cancellationToken">Ends the wait. Some bytes may have gone: what to send next is then hard to tell.</param>
    /// <exception cref="NetworkException">The other side has broken off the connection.</exception>
    /// <exception cref="InvalidOperationException">Somebody else waits to send, or this direction was ended.</exception>
    /// <exception cref="ObjectDisposedException">The connection is disposed.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends this direction: after all that was sent the other side receives 0 bytes. The other direction stays open. A
    /// second call does nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">Somebody waits to send.</exception>
    /// <exception cref="ObjectDisposedException">The connection is disposed.</exception>
    void ShutdownSend();

    /// <summary>Breaks the connection off: the other side gets an error, and what is on its way may be lost. It is disposed then.</summary>
    void Abort();
}

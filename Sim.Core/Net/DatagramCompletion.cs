using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// A receive of a datagram that the platform runs ahead of who asks. It goes on when nobody waits any more: then what comes is
/// kept for the next. (A receive of no bytes would do no good here: where it does not fit, a datagram is lost.) Loop thread only.
/// </summary>
internal sealed class DatagramCompletion(EventLoop loop, Socket socket, Action onArrival) : SocketCompletion(loop)
{
    /// <summary>No datagram is longer.</summary>
    private const int Longest = 64 * 1024;

    private readonly EndPoint _anybody = new IPEndPoint(
        socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);

    private byte[]? _buffer;

    /// <summary>Whether a datagram or an error is there to be taken.</summary>
    public bool HasArrived { get; private set; }

    /// <summary>Receives from now on, unless it does already.</summary>
    public void Begin()
    {
        if (IsUnderWay || HasArrived)
        {
            return;
        }

        if (_buffer is null)
        {
            _buffer = GC.AllocateUninitializedArray<byte>(Longest);
            SetBuffer(_buffer, 0, Longest);
        }

        RemoteEndPoint = _anybody;
        Run();
    }

    /// <summary>Takes what has come, which is there until the next <see cref="Begin"/>.</summary>
    /// <param name="sender">Who has sent it.</param>
    /// <param name="error">What was told instead of a datagram.</param>
    public ReadOnlySpan<byte> Take(out EndPoint sender, out SocketError error)
    {
        HasArrived = false;
        (sender, error) = (RemoteEndPoint!, SocketError);
        return _buffer.AsSpan(0, BytesTransferred);
    }

    protected override bool Start() => socket.ReceiveFromAsync(this);

    protected override void OnDelivered()
    {
        HasArrived = true;
        onArrival();
    }
}

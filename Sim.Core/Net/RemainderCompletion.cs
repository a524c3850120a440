using System.Buffers;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// The send of a piece for which there was no room: when it is over there is room again. The bytes are copied, so that the
/// memory of who sends is free at any time; the copy is given back when the platform has done with it, and not before. Loop
/// thread only.
/// </summary>
/// <remarks>
/// Who waits is credited with the piece when it is over. Who has given up meanwhile is not, and the next waits until it is: what
/// was begun of a cancelled send goes first, in one piece.
/// </remarks>
internal sealed class RemainderCompletion(EventLoop loop, Socket socket, Action<SocketError> onRoom)
    : SocketCompletion(loop)
{
    // Enough to be worth the way: what more there is room for then, the next try sends from where it is.
    private const int Most = 4096;

    private byte[]? _piece;
    private bool _isWanted;
    private int _credit;

    /// <summary>Sends the first of these bytes.</summary>
    public void Begin(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, Most);
        _piece = ArrayPool<byte>.Shared.Rent(length);
        bytes[..length].CopyTo(_piece);
        SetBuffer(_piece, 0, length);
        _isWanted = true;
        _credit = 0;
        Run();
    }

    /// <summary>How many bytes of who waits have been sent this way; 0 when that was told already.</summary>
    public int TakeCredit()
    {
        var credit = _credit;
        _credit = 0;
        return credit;
    }

    /// <summary>Who waited has given up.</summary>
    public void Forget()
    {
        _isWanted = false;
        _credit = 0;
    }

    protected override bool Start() => socket.SendAsync(this);

    protected override void OnDelivered()
    {
        ArrayPool<byte>.Shared.Return(_piece!);
        _piece = null;
        if (SocketError == SocketError.Success && _isWanted)
        {
            _credit = BytesTransferred;
        }

        onRoom(SocketError);
    }
}

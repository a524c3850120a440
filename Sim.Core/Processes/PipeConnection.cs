using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>One end of a pipe, as a connection of one direction: the other one is refused.</summary>
internal abstract class PipeConnection(EventLoop loop, EndPoint other, bool isWrite)
    : TriedConnection(loop, PipeEndPoint.Here, other), IOutputPipe
{
    /// <summary>How much is read before anybody asks: as much as asyncio's readers take with their usual limit.</summary>
    protected const int AheadLimit = 128 * 1024;

    private LinkedListNode<OpenEnd>? _place;

    /// <inheritdoc/>
    public bool IsDisconnected { get; private set; }

    /// <inheritdoc/>
    public Action? Disconnected { get; set; }

    protected bool IsWrite => isWrite;

    /// <inheritdoc/>
    public abstract void ReadAhead();

    /// <summary>The program has this end from now on: if it is still open when the loop is closed, that is told.</summary>
    /// <param name="owner">What is disposed then.</param>
    public void OnTaken(IDisposable owner) => _place = OpenEnds.Add(Loop, this, owner);

    protected sealed override bool TryReceive(Span<byte> buffer, out int count) => isWrite
        ? throw new NotSupportedException($"Nothing comes from {RemoteEndPoint} {Places.Here()}: this is the writing end of a pipe.")
        : TryRead(buffer, out count);

    protected sealed override bool TrySend(ReadOnlySpan<byte> bytes, out int count) => isWrite
        ? TryWrite(bytes, out count)
        : throw new NotSupportedException($"Nothing goes to {RemoteEndPoint} {Places.Here()}: this is the reading end of a pipe.");

    protected abstract bool TryRead(Span<byte> buffer, out int count);

    protected abstract bool TryWrite(ReadOnlySpan<byte> bytes, out int count);

    /// <summary>This end is closed.</summary>
    protected void OnClosed()
    {
        if (_place is not null)
        {
            OpenEnds.Remove(_place);
        }

        Disconnect();
    }

    /// <summary>The other side is gone, or this one.</summary>
    protected void Disconnect()
    {
        if (!IsDisconnected)
        {
            IsDisconnected = true;
            Disconnected?.Invoke();
        }
    }

    /// <summary>Nobody reads any more: asyncio's and Python's BrokenPipeError.</summary>
    protected NetworkException BrokenPipe()
    {
        Disconnect();
        return Broken(SocketError.ConnectionReset, isSend: true);
    }
}

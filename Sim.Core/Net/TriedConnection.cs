using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// A connection made of two calls that never block: tried at once, and again when the other side has moved. What waits, and
/// in which order it goes on, is the same for sockets and for their twin.
/// </summary>
internal abstract partial class TriedConnection(EventLoop loop, EndPoint local, EndPoint remote) : IConnection
{
    private readonly WaitLine _receivers = new();
    private readonly WaitLine _senders = new();
    private WaitWords? _receiveReason;
    private WaitWords? _sendReason;
    private ReceiveWait? _spareReceive;
    private SendWait? _spareSend;

    // The last receive did not fill its buffer: then there was no more, and to ask again at once would be in vain.
    private bool _isDrained;

    // An end that was told stays one, whatever becomes of the connection afterwards.
    private bool _hasSeenEnd;

    public EndPoint LocalEndPoint { get; } = local;

    public EndPoint RemoteEndPoint { get; } = remote;

    protected EventLoop Loop { get; } = loop;

    protected bool IsDisposed { get; private set; }

    protected bool HasEnded { get; private set; }

    /// <summary>Whether a call waits, in either direction.</summary>
    internal bool HasWaiter => HasReceiver || HasSender;

    protected bool HasReceiver => _receivers.Count > 0;

    protected bool HasSender => _senders.Count > 0;

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Loop.CheckThread();
        CheckNotDisposed();
        Loop.CheckOpen();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(cancellationToken);
        }

        if (HasReceiver)
        {
            throw Twice("receive from");
        }

        if (buffer.IsEmpty)
        {
            return new ValueTask<int>(0);
        }

        if (!_isDrained)
        {
            try
            {
                if (TryTake(buffer.Span, out var count))
                {
                    return new ValueTask<int>(count);
                }
            }
            catch (NetworkException error)
            {
                return ValueTask.FromException<int>(error);
            }
        }

        WatchReads();
        var wait = _spareReceive ?? new ReceiveWait(Loop, this, _receiveReason ??= new($"bytes from {RemoteEndPoint} at {LocalEndPoint}"));
        _spareReceive = null;
        var receiving = wait.Begin(buffer, cancellationToken);
        if (_isDrained && HasArrived)
        {
            OnReadable();
        }

        return receiving;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        Loop.CheckThread();
        CheckNotDisposed();
        Loop.CheckOpen();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (HasSender)
        {
            throw Twice("send to");
        }

        if (HasEnded)
        {
            throw new InvalidOperationException(
                $"Cannot send to {RemoteEndPoint} {Places.Here()}: {nameof(ShutdownSend)} has ended this direction.");
        }

        try
        {
            if (TrySendAll(ref bytes))
            {
                return ValueTask.CompletedTask;
            }
        }
        catch (NetworkException error)
        {
            return ValueTask.FromException(error);
        }

        WatchWrites();
        var wait = _spareSend ?? new SendWait(Loop, this, _sendReason ??= new($"room for bytes from {LocalEndPoint} to {RemoteEndPoint}"));
        _spareSend = null;
        return wait.Begin(bytes, cancellationToken);
    }

    public void ShutdownSend()
    {
        Loop.CheckThread();
        CheckNotDisposed();
        Loop.CheckOpen();
        if (HasSender)
        {
            throw new InvalidOperationException(
                $"Cannot end the sending to {RemoteEndPoint} {Places.Here()}: bytes still wait to be sent. "
                + $"Await that first, or {nameof(Abort)}.");
        }

        if (!HasEnded)
        {
            HasEnded = true;
            EndSending();
        }
    }

    public void Dispose() => Close(isAbort: false);

    public void Abort() => Close(isAbort: true);

    public override string ToString() => $"connection {LocalEndPoint} to {RemoteEndPoint}{(IsDisposed ? ", disposed" : "")}";

    /// <summary>Takes what is there; 0 = the end. False: nothing is there yet.</summary>
    /// <exception cref="NetworkException">The connection is broken.</exception>
    protected abstract bool TryReceive(Span<byte> buffer, out int count);

    /// <summary>Gives away what there is room for. False: there is no room.</summary>
    /// <exception cref="NetworkException">The connection is broken.</exception>
    protected abstract bool TrySend(ReadOnlySpan<byte> bytes, out int count);

    /// <summary>Nothing was there: <see cref="OnReadable"/> is to be called when that changes.</summary>
    protected abstract void WatchReads();

    /// <summary>There was no room: <see cref="OnWritable"/> is to be called when that changes.</summary>
    protected abstract void WatchWrites();

    /// <summary>Whether something is there now of which no call of <see cref="OnReadable"/> will tell any more.</summary>
    protected virtual bool HasArrived => false;

    /// <summary>Nobody waits for bytes any more.</summary>
    protected abstract void UnwatchReads();

    /// <summary>Nobody waits for room any more.</summary>
    protected abstract void UnwatchWrites();

    /// <summary>Ends this direction. Called once at most, and not after <see cref="Release"/>.</summary>
    protected abstract void EndSending();

    /// <summary>Lets go of everything. Called once.</summary>
    protected abstract void Release(bool isAbort);

    /// <summary>Bytes may be there, or the end, or an error.</summary>
    protected void OnReadable() => _receivers.Wake(1);

    /// <summary>Room may be there, or an error.</summary>
    protected void OnWritable() => _senders.Wake(1);

    protected NetworkException Broken(SocketError error, bool isSend) => NetworkException.Of(
        error == SocketError.Shutdown || error == SocketError.ConnectionAborted ? SocketError.ConnectionReset : error,
        isSend ? $"Sending from {LocalEndPoint} to {RemoteEndPoint}" : $"Receiving at {LocalEndPoint} from {RemoteEndPoint}",
        connection: this);

    private bool TryTake(Span<byte> buffer, out int count)
    {
        _isDrained = false;
        if (_hasSeenEnd)
        {
            count = 0;
            return true;
        }

        var isTaken = TryReceive(buffer, out count);
        _hasSeenEnd = isTaken && count == 0;
        _isDrained = isTaken && count > 0 && count < buffer.Length;
        return isTaken;
    }

    private bool TrySendAll(ref ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (!TrySend(bytes.Span, out var count))
            {
                return false;
            }

            bytes = bytes[count..];
        }

        return true;
    }

    private void Close(bool isAbort)
    {
        if (IsDisposed)
        {
            return;
        }

        Loop.CheckThread();
        IsDisposed = true;
        Release(isAbort);
        if (!Loop.IsClosed)
        {
            // They find it disposed and say so.
            OnReadable();
            OnWritable();
        }
    }

    private void CheckNotDisposed()
    {
        if (IsDisposed)
        {
            throw DisposedBefore();
        }
    }

    private ObjectDisposedException DisposedBefore() => new(
        nameof(IConnection),
        $"The connection from {LocalEndPoint} to {RemoteEndPoint} is used {Places.Here()}, and was disposed before.");

    private ObjectDisposedException DisposedMeanwhile(string operation) => new(
        nameof(IConnection),
        $"The connection from {LocalEndPoint} to {RemoteEndPoint} was disposed while {operation} waited; noticed {Places.Here()}.");

    private InvalidOperationException Twice(string operation) => new(
        $"Cannot {operation} {RemoteEndPoint} {Places.Here()}: another call waits for the same at {LocalEndPoint}. "
        + "One at a time in each direction.");
}

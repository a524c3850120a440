using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>A datagram socket made of two calls that never block, as a <see cref="TriedConnection"/> is.</summary>
internal abstract partial class TriedDatagramSocket(EventLoop loop, IPEndPoint local, IPEndPoint? remote) : IDatagramSocket
{
    private readonly WaitLine _receivers = new();
    private readonly WaitLine _senders = new();
    private WaitWords? _receiveReason;
    private WaitWords? _sendReason;
    private ReceiveWait? _spareReceive;
    private SendWait? _spareSend;

    public EndPoint LocalEndPoint { get; } = IPAddresses.Copy(local);

    public EndPoint? RemoteEndPoint { get; } = remote is null ? null : IPAddresses.Copy(remote);

    protected EventLoop Loop { get; } = loop;

    /// <summary>Where it is, whatever was done to <see cref="LocalEndPoint"/>, which was handed out.</summary>
    protected IPEndPoint Here { get; } = local;

    protected IPEndPoint? There { get; } = remote;

    protected bool IsDisposed { get; private set; }

    protected bool HasReceiver => _receivers.Count > 0;

    protected bool HasSender => _senders.Count > 0;

    public ValueTask<ReceivedDatagram> ReceiveFromAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Loop.CheckThread();
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Loop.CheckOpen();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ReceivedDatagram>(cancellationToken);
        }

        if (HasReceiver)
        {
            throw Twice("receive");
        }

        try
        {
            if (TryReceive(buffer.Span, out var datagram))
            {
                return new ValueTask<ReceivedDatagram>(datagram);
            }
        }
        catch (NetworkException failure)
        {
            return ValueTask.FromException<ReceivedDatagram>(failure);
        }

        WatchReads();
        var wait = _spareReceive ?? new ReceiveWait(Loop, this, _receiveReason ??= new($"a datagram at {Here}"));
        _spareReceive = null;
        return wait.Begin(buffer, cancellationToken);
    }

    public ValueTask SendToAsync(ReadOnlyMemory<byte> datagram, EndPoint remote, CancellationToken cancellationToken = default)
    {
        var address = IPAddresses.RequireTarget(remote);
        return There is null ? BeginSend(datagram, address, cancellationToken) : throw new InvalidOperationException(
            $"Cannot send to {remote} from {Here} {Places.Here()}: the socket is connected to {There}. Use {nameof(SendAsync)}, or a "
            + "socket that is not connected.");
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> datagram, CancellationToken cancellationToken = default) =>
        There is not null ? BeginSend(datagram, There, cancellationToken) : throw new InvalidOperationException(
            $"Cannot send from {Here} {Places.Here()}: the socket is not connected. Use {nameof(SendToAsync)}, or bind with a remote "
            + "address.");

    public void Dispose()
    {
        if (IsDisposed)
        {
            return;
        }

        Loop.CheckThread();
        IsDisposed = true;
        Release();
        if (!Loop.IsClosed)
        {
            OnReadable();
            OnWritable();
        }
    }

    public override string ToString() =>
        $"datagram socket at {Here}{(There is null ? "" : $", connected to {There}")}{(IsDisposed ? ", disposed" : "")}";

    /// <summary>Takes the next datagram. False: there is none.</summary>
    /// <exception cref="NetworkException">What was sent before was refused.</exception>
    protected abstract bool TryReceive(Span<byte> buffer, out ReceivedDatagram datagram);

    /// <summary>Sends all of it. False: there is no room.</summary>
    /// <exception cref="NetworkException">It cannot be sent.</exception>
    protected abstract bool TrySend(ReadOnlySpan<byte> datagram, IPEndPoint remote);

    /// <summary>Nothing was there: <see cref="OnReadable"/> is to be called when that changes.</summary>
    protected abstract void WatchReads();

    /// <summary>There was no room: <see cref="OnWritable"/> is to be called when that changes.</summary>
    protected abstract void WatchWrites();

    /// <summary>Nobody waits for a datagram any more.</summary>
    protected abstract void UnwatchReads();

    /// <summary>Nobody waits for room any more.</summary>
    protected abstract void UnwatchWrites();

    /// <summary>Lets go of everything. Called once.</summary>
    protected abstract void Release();

    protected void OnReadable() => _receivers.Wake(1);

    protected void OnWritable() => _senders.Wake(1);

    protected NetworkException Failed(SocketError error, IPEndPoint? to = null, Exception? inner = null) => NetworkException.Of(
        error, to is null ? $"Receiving a datagram at {Here}" : $"Sending a datagram from {Here} to {to}", inner);

    private ValueTask BeginSend(ReadOnlyMemory<byte> datagram, IPEndPoint remote, CancellationToken cancellationToken)
    {
        Loop.CheckThread();
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Loop.CheckOpen();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (HasSender)
        {
            throw Twice("send");
        }

        try
        {
            if (TrySend(datagram.Span, remote))
            {
                return ValueTask.CompletedTask;
            }
        }
        catch (NetworkException failure)
        {
            return ValueTask.FromException(failure);
        }

        WatchWrites();
        var wait = _spareSend ?? new SendWait(Loop, this, _sendReason ??= new($"room for a datagram from {Here}"));
        _spareSend = null;
        return wait.Begin(datagram, remote, cancellationToken);
    }

    private ObjectDisposedException DisposedMeanwhile(string operation) => new(
        nameof(IDatagramSocket), $"The datagram socket at {Here} was disposed while {operation} waited; noticed {Places.Here()}.");

    private InvalidOperationException Twice(string operation) => new(
        $"Cannot {operation} a datagram at {Here} {Places.Here()}: another call waits for the same. One at a time in each direction.");
}

using System.Net;
using System.Net.Sockets;

namespace Sim.Core;

/// <summary>
/// asyncio's stream writer (rules 31 to 34): a write returns at once. It sends what goes at once, if nothing waits before it, and
/// keeps the rest; <see cref="DrainAsync"/> waits while too much is kept. Loop thread only.
/// </summary>
public sealed partial class ConnectionWriter : IAsyncDisposable
{
    /// <summary>The high-water mark unless another is set: 64 KiB.</summary>
    public const int DefaultHighWater = 64 * 1024;

    private static readonly ContextCallback _send = static writer => ((ConnectionWriter)writer!).BeginSending();

    private readonly EventLoop _loop;
    private readonly IConnection _connection;
    private readonly ByteBuffer _buffer = new();
    private readonly AsyncEvent _hasRoom;
    private readonly AsyncEvent _isLost;
    private NetworkException? _failure;
    private bool _isSending;
    private bool _endsAfterwards;
    private int _writesAfterLoss;

    /// <summary>Writes to the connection. Nobody else may send to it.</summary>
    /// <param name="loop">The connection's loop.</param>
    /// <param name="connection">The connection; the writer closes it.</param>
    public ConnectionWriter(EventLoop loop, IConnection connection)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(connection);
        (_loop, _connection) = (loop, connection);
        _hasRoom = new AsyncEvent(new WaitWords($"room for bytes to {connection.RemoteEndPoint}"));
        _hasRoom.Set();
        _isLost = new AsyncEvent(new WaitWords($"the closing of the connection to {connection.RemoteEndPoint}"));
    }

    /// <summary>The address of this end.</summary>
    public EndPoint LocalEndPoint => _connection.LocalEndPoint;

    /// <summary>The address of the other end.</summary>
    public EndPoint RemoteEndPoint => _connection.RemoteEndPoint;

    /// <summary>How many bytes are kept, those included that are being sent.</summary>
    public int BufferedCount => _buffer.Count;

    /// <summary>Above so many kept bytes a drain waits.</summary>
    public int HighWater { get; private set; } = DefaultHighWater;

    /// <summary>At so many kept bytes or fewer it goes on.</summary>
    public int LowWater { get; private set; } = DefaultHighWater / 4;

    /// <summary>Whether it is closed, or is being closed.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Sets the marks.</summary>
    /// <param name="high">Above so many kept bytes a drain waits; 0 = whenever something is kept.</param>
    /// <param name="low">At so many or fewer it goes on; null = a quarter of that.</param>
    public void SetWriteBufferLimits(int high, int? low = null)
    {
        _loop.CheckThread();
        ArgumentOutOfRangeException.ThrowIfNegative(high);
        ArgumentOutOfRangeException.ThrowIfNegative(low ?? 0, nameof(low));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low ?? 0, high, nameof(low));
        (HighWater, LowWater) = (high, low ?? (high / 4));
        Pause();
    }

    /// <summary>
    /// Writes. What the connection takes at once is sent now, the rest is kept. After the connection is lost, or closed here, it is
    /// dropped, and the loop's log says so from the fifth time on (rule 33).
    /// </summary>
    /// <param name="bytes">They are copied.</param>
    /// <exception cref="InvalidOperationException"><see cref="WriteEof"/> was called.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _loop.CheckThread();
        if (_endsAfterwards)
        {
            throw new InvalidOperationException(
                $"Cannot write to {RemoteEndPoint} {Places.Here()}: {nameof(WriteEof)} has ended this direction.");
        }

        if (_failure is not null || IsClosing)
        {
            CountLostWrite();
            return;
        }

        if (bytes.IsEmpty)
        {
            return;
        }

        _buffer.Add(bytes);
        if (!_isSending)
        {
            // As a callback of the loop: whoever writes may be cancelled, and what was written is sent all the same.
            _loop.RunInline(_send, this, _loop.CallbackContext);
        }

        Pause();
    }

    /// <summary>Writes several pieces.</summary>
    /// <inheritdoc cref="Write(ReadOnlySpan{byte})"/>
    public void WriteLines(params IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        foreach (var line in lines)
        {
            Write(line.Span);
        }
    }

    /// <summary>Ends this direction after what was written; the other one stays open. Does nothing when closing.</summary>
    public void WriteEof()
    {
        _loop.CheckThread();
        if (IsClosing || _endsAfterwards)
        {
            return;
        }

        _endsAfterwards = true;
        if (!_isSending)
        {
            EndDirection();
        }
    }

    /// <summary>
    /// Waits until there is room: at once while no more than the high-water mark is kept, else until it is the low-water mark or
    /// less. All who wait go on then. A writer that is being closed yields first.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait, and nothing else.</param>
    /// <exception cref="NetworkException">The connection is lost.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    public async ValueTask DrainAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfFailed();
        if (IsClosing)
        {
            await Asyncio.YieldAsync();
        }

        ThrowIfLost();
        if (!_hasRoom.IsSet)
        {
            await _hasRoom.WaitAsync(cancellationToken);
            ThrowIfFailed();
        }
    }

    /// <summary>Closes the connection after what was written. The other direction ends now.</summary>
    public void Close()
    {
        _loop.CheckThread();
        if (_isLost.IsSet)
        {
            // Lost by an error: now nobody will read what had come before it either.
            _connection.Dispose();
        }
        else if (!IsClosing)
        {
            IsClosing = true;
            if (!_isSending)
            {
                _loop.CallSoon(Lose);
            }
        }
    }

    /// <summary>Drops what is kept, and breaks the connection off: the other side gets a reset.</summary>
    public void Abort()
    {
        _loop.CheckThread();
        _connection.Abort();
        IsClosing = true;
        if (!_isSending && !_isLost.IsSet)
        {
            _loop.CallSoon(Lose);
        }
    }

    /// <summary>Waits until the connection is closed.</summary>
    /// <param name="cancellationToken">Ends the wait, and nothing else.</param>
    /// <exception cref="NetworkException">It was lost before all was sent.</exception>
    public async ValueTask WaitClosedAsync(CancellationToken cancellationToken = default)
    {
        await _isLost.WaitAsync(cancellationToken);
        ThrowIfFailed();
    }

    /// <summary>
    /// Closes, and waits until what was written is sent. If that is cancelled the connection is broken off. That it was lost is no
    /// error here.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        try
        {
            await _isLost.WaitAsync();
        }
        catch (OperationCanceledException)
        {
            Abort();
            throw;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"writer to {RemoteEndPoint} ({_buffer.Count} bytes kept{(IsClosing ? ", closing" : "")})";

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new NetworkException(failure.Error, failure.Message, failure);
        }
    }

    private void ThrowIfLost()
    {
        if (_isLost.IsSet)
        {
            throw NetworkException.Of(SocketError.ConnectionReset, $"Writing to {RemoteEndPoint}, closed on this side,");
        }
    }
}

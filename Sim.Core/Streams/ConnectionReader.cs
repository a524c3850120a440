namespace Sim.Core;

/// <summary>
/// asyncio's stream reader: bytes, lines and messages from a connection (rule 34). It receives only when somebody reads and what
/// is there is not enough, so that it never holds more than was asked for, or the limit, and one receive more; what
/// nobody reads stays with the connection, and the other side has to wait. One read at a time. Loop thread only.
/// </summary>
/// <remarks>
/// A read that is cancelled takes nothing. When the connection breaks, what had come before is read first. When this side closes
/// it, a read finds the end.
/// </remarks>
public sealed partial class ConnectionReader
{
    /// <summary>The limit unless another is given: 64 KiB.</summary>
    public const int DefaultLimit = 64 * 1024;

    private const int LargestReceive = 64 * 1024;

    private readonly IConnection _connection;
    private readonly ByteBuffer _buffer = new();
    private bool _isReading;
    private bool _hasEnded;

    /// <summary>Reads from the connection. Nobody else may receive from it.</summary>
    /// <param name="connection">The connection; the reader does not close it.</param>
    /// <param name="limit">How many bytes may come before a separator.</param>
    public ConnectionReader(IConnection connection, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _connection = connection;
        Limit = limit;
    }

    /// <summary>How many bytes may come before a separator.</summary>
    public int Limit { get; }

    /// <summary>How many bytes were received that nobody has read.</summary>
    public int BufferedCount => _buffer.Count;

    /// <summary>Whether the end was seen and all before it was read.</summary>
    public bool AtEof => _hasEnded && _buffer.Count == 0;

    /// <summary>Reads what is there, at least one byte and at most <paramref name="count"/>; nothing at the end.</summary>
    /// <param name="count">How many bytes at most; 0 reads nothing, at once.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is taken.</param>
    /// <exception cref="NetworkException">The other side has broken off the connection.</exception>
    /// <exception cref="InvalidOperationException">Somebody else reads.</exception>
    /// <exception cref="OperationCanceledException">The task or the token was cancelled.</exception>
    public async ValueTask<byte[]> ReadAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
        {
            return [];
        }

        using var turn = TakeTurn(cancellationToken);
        await SomeAsync(cancellationToken);
        return _buffer.Take(Math.Min(count, _buffer.Count));
    }

    /// <summary>As above, into <paramref name="buffer"/>.</summary>
    /// <returns>How many; 0 = the end.</returns>
    /// <inheritdoc cref="ReadAsync(int, CancellationToken)"/>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        using var turn = TakeTurn(cancellationToken);
        if (_buffer.Count == 0 && !_hasEnded)
        {
            // Nothing is there before: it need not come by way of the buffer.
            var received = await ReceiveAsync(buffer, cancellationToken);
            _hasEnded = received == 0;
            return received;
        }

        var count = Math.Min(buffer.Length, _buffer.Count);
        _buffer.Span[..count].CopyTo(buffer.Span);
        _buffer.Drop(count);
        return count;
    }

    /// <summary>Reads up to the end; however much that is. Asyncio's <c>read(-1)</c>.</summary>
    /// <inheritdoc cref="ReadAsync(int, CancellationToken)"/>
    public async ValueTask<byte[]> ReadToEndAsync(CancellationToken cancellationToken = default)
    {
        using var turn = TakeTurn(cancellationToken);
        while (!_hasEnded)
        {
            await MoreAsync(cancellationToken);
        }

        return _buffer.Take(_buffer.Count);
    }

    /// <summary>Reads exactly so many bytes.</summary>
    /// <param name="count">How many; there may be more than the limit.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is taken.</param>
    /// <exception cref="IncompleteReadException">The end came before; it has what was there.</exception>
    /// <inheritdoc cref="ReadAsync(int, CancellationToken)"/>
    public async ValueTask<byte[]> ReadExactlyAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
        {
            return [];
        }

        using var turn = TakeTurn(cancellationToken);
        while (_buffer.Count < count)
        {
            if (_hasEnded)
            {
                throw new IncompleteReadException(_buffer.Take(_buffer.Count), count);
            }

            await MoreAsync(cancellationToken);
        }

        return _buffer.Take(count);
    }

    private async ValueTask SomeAsync(CancellationToken cancellationToken)
    {
        if (_buffer.Count == 0 && !_hasEnded)
        {
            await MoreAsync(cancellationToken);
        }
    }

    private async ValueTask MoreAsync(CancellationToken cancellationToken)
    {
        // As much as is there already, so that a large message takes few receives.
        var room = _buffer.Room(Math.Clamp(_buffer.Count, 1, LargestReceive));
        var count = await ReceiveAsync(room.Length > LargestReceive ? room[..LargestReceive] : room, cancellationToken);
        _buffer.Added(count);
        _hasEnded = count == 0;
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> room, CancellationToken cancellationToken)
    {
        try
        {
            return await _connection.ReceiveAsync(room, cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // Closed on this side: no byte of it will ever come.
            return 0;
        }
    }

    private Turn TakeTurn(CancellationToken cancellationToken)
    {
        // Also where all is there already: who must not read any more takes no further message.
        cancellationToken.ThrowIfCancellationRequested();
        if (_isReading)
        {
            throw new InvalidOperationException(
                $"Cannot read from {_connection.RemoteEndPoint} {Places.Here()}: another task reads. One at a time.");
        }

        _isReading = true;
        return new Turn(this);
    }

    private readonly struct Turn(ConnectionReader reader) : IDisposable
    {
        public void Dispose() => reader._isReading = false;
    }
}

namespace Sim.Core;

/// <summary>
/// A connection as a stream, for what takes one: <c>SslStream</c>, <c>StreamReader</c>, <c>HttpClient</c>. Disposing it disposes
/// the connection. Only the asynchronous calls: the others would block the loop. A library that goes on elsewhere may call from
/// another thread: the call is made on the loop thread then, by the next run if none goes on.
/// </summary>
/// <param name="loop">The connection's loop.</param>
/// <param name="connection">The connection; it belongs to the stream from now on.</param>
public sealed class ConnectionStream(EventLoop loop, IConnection connection) : Stream
{
    private readonly EventLoop _loop = loop ?? throw new ArgumentNullException(nameof(loop));
    private readonly IConnection _connection = connection ?? throw new ArgumentNullException(nameof(connection));
    private bool _isDisposed;

    /// <inheritdoc/>
    public override bool CanRead => !_isDisposed;

    /// <inheritdoc/>
    public override bool CanWrite => !_isDisposed;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <summary>Not supported.</summary>
    public override long Length => throw NoPlace();

    /// <summary>Not supported.</summary>
    public override long Position
    {
        get => throw NoPlace();
        set => throw NoPlace();
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => IsHere
        ? ForAnyThread(_connection.ReceiveAsync(buffer, cancellationToken))
        : new ValueTask<int>(OnLoop(async () => await _connection.ReceiveAsync(buffer, cancellationToken)));

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => IsHere
        ? _connection.SendAsync(buffer, cancellationToken)
        : new ValueTask(OnLoop(async () =>
        {
            await _connection.SendAsync(buffer, cancellationToken);
            return 0;
        }));

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <summary>Does nothing: what was written is on its way.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc cref="Flush"/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Not supported: it would block the loop.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw Blocking(nameof(Read), nameof(ReadAsync));

    /// <summary>Not supported: it would block the loop.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw Blocking(nameof(Write), nameof(WriteAsync));

    /// <summary>Not supported.</summary>
    public override long Seek(long offset, SeekOrigin origin) => throw NoPlace();

    /// <summary>Not supported.</summary>
    public override void SetLength(long value) => throw NoPlace();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            Release();
        }

        base.Dispose(disposing);
    }

    private void Release()
    {
        // Between two runs it is done at once: there may never be another run.
        if (IsHere)
        {
            _connection.Dispose();
            return;
        }

        if (_loop.TryBetweenRuns(_connection.Dispose))
        {
            return;
        }

        try
        {
            _loop.CallSoonThreadSafe(_connection.Dispose);
        }
        catch (LoopClosedException)
        {
            // Closed meanwhile: there is no thread of the loop any more.
            _connection.Dispose();
        }
    }

    // While the loop stands still nobody is: a run may begin on another thread at any moment.
    private bool IsHere => _loop.IsOnLoopThread;

    private Task<T> OnLoop<T>(Func<Task<T>> call) => _loop.RunCoroutineThreadSafe(call);

    // HttpClient begins to read on one thread, and awaits that later on another: a wait of the loop would refuse it.
    private static ValueTask<int> ForAnyThread(ValueTask<int> wait) => wait.IsCompleted ? wait : new ValueTask<int>(wait.AsTask());

    private static NotSupportedException NoPlace() => new("A connection has no length and no position: it is read and written in order.");

    private static NotSupportedException Blocking(string name, string instead) => new(
        $"{nameof(ConnectionStream)}.{name} {Places.Here()} would block the loop: use {instead}.");
}

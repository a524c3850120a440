using System.IO.Pipelines;

namespace Sim.Core;

/// <summary>
/// A connection as two pipes, for what parses with <c>System.IO.Pipelines</c>. One task of the loop fills the input, another
/// empties the output; whoever awaits either goes on on the loop. The two ends may be used from any thread, each by one at a
/// time, as with every pipe; everything else is for the loop thread, except where it says otherwise.
/// </summary>
/// <remarks>
/// Completing <see cref="Output"/> sends all and then ends that direction; completing it with an error breaks the connection
/// off. When both directions have ended the connection is closed. When it breaks, <see cref="Input"/> and a flush of
/// <see cref="Output"/> fail with the <see cref="NetworkException"/>; a pipe then gives the error at once, before bytes that
/// nobody has read yet.
/// </remarks>
public sealed partial class ConnectionPipe : IDuplexPipe, IAsyncDisposable
{
    private readonly EventLoop _loop;
    private readonly IConnection _connection;
    private readonly ConnectionPipeOptions _options;
    private readonly Pipe _input;
    private readonly Pipe _output;
    private readonly LoopTask _receiving;
    private readonly LoopTask _sending;
    private readonly AsyncEvent _isClosed;
    private Exception? _reason;

    /// <summary>Owns the connection from now on, and begins to receive.</summary>
    /// <param name="loop">The connection's loop.</param>
    /// <param name="connection">The connection. Nobody else receives from it or sends to it.</param>
    /// <param name="options">How it behaves.</param>
    public ConnectionPipe(EventLoop loop, IConnection connection, ConnectionPipeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(connection);
        _options = options ?? new ConnectionPipeOptions();
        _options.Check();
        _loop = loop;
        _connection = connection;
        var scheduler = new LoopPipeScheduler(loop);
        var (pause, resume) = (_options.PauseWriterThreshold, _options.ResumeWriterThreshold);
        var pipeOptions = new PipeOptions(_options.Pool, scheduler, scheduler, pause, resume, _options.MinimumSegmentSize);
        _input = new Pipe(pipeOptions);
        _output = new Pipe(pipeOptions);
        _isClosed = new AsyncEvent(new WaitWords($"the end of the connection to {connection.RemoteEndPoint}"));
        _receiving = loop.CreateTask(ReceiveAllAsync, $"receiving from {connection.RemoteEndPoint}", eager: false);
        _sending = loop.CreateTask(SendAllAsync, $"sending to {connection.RemoteEndPoint}", eager: false);
        _receiving.AddDoneCallback(_ => OnReceived());
        _sending.AddDoneCallback(_ => OnSent());
    }

    /// <summary>What comes in. It ends when the other side ends its direction.</summary>
    public PipeReader Input => _input.Reader;

    /// <summary>What goes out. A flush waits while there is more than the other side takes.</summary>
    public PipeWriter Output => _output.Writer;

    /// <summary>Waits until both directions have ended and the connection is closed.</summary>
    /// <param name="cancellationToken">Ends the wait, and nothing else.</param>
    public ValueTask WaitClosedAsync(CancellationToken cancellationToken = default) => _isClosed.WaitAsync(cancellationToken);

    /// <summary>
    /// Breaks the connection off: the other side gets a reset, and what was not sent is dropped. Both pipes end with
    /// <paramref name="reason"/>. Any thread; from others it happens soon.
    /// </summary>
    /// <param name="reason">What readers and writers of the pipes get to see; null = a <see cref="NetworkException"/>.</param>
    public void Abort(Exception? reason = null)
    {
        if (IsHere)
        {
            AbortHere(reason);
        }
        else
        {
            _loop.TryCallSoonThreadSafe(() => AbortHere(reason));
        }
    }

    /// <summary>
    /// Receives no more, sends what was written, and closes. If the wait is cancelled the connection is broken off. Any thread.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_loop.IsOnLoopThread)
        {
            await CloseAsync();
        }
        else if (_loop.IsClosed)
        {
            _connection.Dispose();
        }
        else
        {
            await _loop.RunCoroutineThreadSafe(CloseAsync);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"pipe over {_connection}";

    private bool IsHere => _loop.IsOnLoopThread || !_loop.IsRunning;

    private void AbortHere(Exception? reason)
    {
        _reason ??= reason;
        _connection.Abort();
        if (!_loop.IsClosed)
        {
            _receiving.Cancel();
            _sending.Cancel();
        }
    }

    private async Task CloseAsync()
    {
        _output.Writer.Complete();
        _input.Reader.Complete();
        _receiving.Cancel();
        try
        {
            await _isClosed.WaitAsync();
        }
        catch (OperationCanceledException)
        {
            AbortHere(null);
            throw;
        }
    }
}

using System.Net;
using Sim.Core;

#pragma warning disable RS0030 // Kestrel and HttpClient await without a context: with one of the loop's set they would go on on the pool.
namespace Sim.Kestrel;

/// <summary>
/// The handler of an <see cref="HttpClient"/> whose connections are those of a loop's network. The client's timeout, and the delays of
/// cancellation sources that are given to it, go by the loop's time. Where that is real any thread may send, otherwise the loop's.
/// </summary>
public sealed class LoopHttpHandler : DelegatingHandler
{
    private readonly LoopDoor _door;

    /// <summary>A handler that owns its connections.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="network">Its network.</param>
    /// <exception cref="PlatformNotSupportedException">The loop is on virtual time, and .NET has another thread pool.</exception>
    public LoopHttpHandler(EventLoop loop, INetwork network)
        : this(loop, network, new SocketsHttpHandler())
    {
    }

    /// <summary>Takes the connections of a handler from the loop's network; owns the handler.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="network">Its network.</param>
    /// <param name="sockets">The handler below: its <see cref="SocketsHttpHandler.ConnectCallback"/> is set, and proxies are off.</param>
    /// <exception cref="PlatformNotSupportedException">The loop is on virtual time, and .NET has another thread pool.</exception>
    public LoopHttpHandler(EventLoop loop, INetwork network, SocketsHttpHandler sockets)
        : base(sockets)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(sockets);
        _door = new LoopDoor(loop);
        Sockets = sockets;
        sockets.UseProxy = false;
        sockets.ConnectCallback = new LoopConnector(_door, network).ConnectAsync;
    }

    /// <summary>The handler below, for its settings.</summary>
    public SocketsHttpHandler Sockets { get; }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_door.IsVirtual)
        {
            CheckThread(request);
            SpeakHttp1(request);
            LoopTimeouts.Adopt(_door.Loop, cancellationToken);
        }

        return _door.Loop.IsOnLoopThread && Asyncio.CurrentTask() is not null
            ? SendInTaskAsync(request, cancellationToken)
            : base.SendAsync(request, cancellationToken);
    }

    // A request is a wait of its task, wherever its work is done: cancelling the task and Asyncio.TimeoutAsync end it.
    private async Task<HttpResponseMessage> SendInTaskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content;
        request.Content = LoopContent.Of(_door.Loop, content);
        try
        {
            return await SendAndWaitAsync(request, cancellationToken);
        }
        finally
        {
            request.Content = content;
            // What HttpClient does next (it reads the body) stays on the loop's thread, and in this task.
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    private async Task<HttpResponseMessage> SendAndWaitAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = base.SendAsync(request, stop.Token);
        if (sending.IsCompleted)
        {
            return await sending;
        }

        var isOver = _door.Loop.CreateFuture($"{request.Method} {request.RequestUri}");
        sending.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => End(isOver));
        try
        {
            await isOver;
        }
        catch (OperationCanceledException)
        {
            stop.Cancel();
            await DiscardAsync(sending);
            throw;
        }

        return await sending;
    }

    // Where HttpClient has ended it: on the loop's thread, or on the pool.
    private void End(Future<ValueTuple> wait)
    {
        if (_door.Loop.IsOnLoopThread)
        {
            wait.TrySetResult();
            return;
        }

        try
        {
            _door.Loop.CallSoonThreadSafe(() => wait.TrySetResult());
        }
        catch (LoopClosedException)
        {
            // Nobody waits any more.
        }
    }

    private static async Task DiscardAsync(Task<HttpResponseMessage> sending)
    {
        try
        {
            (await sending).Dispose();
        }
#pragma warning disable CA1031 // It was broken off, and how it took that is of no interest: who asked for the end goes on.
        catch (Exception)
        {
        }
#pragma warning restore CA1031
    }

    // From another thread the connections would be used by two threads at once, and time would not wait for the answer.
    private void CheckThread(HttpRequestMessage request)
    {
        if (!_door.Loop.IsOnLoopThread)
        {
            throw new ForeignThreadException(
                $"{request.Method} {request.RequestUri} is sent on another thread than that of {_door.Loop.Options.Name}, "
                + $"at {_door.Loop.Time}: "
                + "on virtual time a client is for the loop's thread, because time does not wait for others. Likely it is sent by "
                + "work that is "
                + "queued for all threads (Parallel.ForEachAsync, ThreadPool.QueueUserWorkItem). Send it from a task of the loop: "
                + "Task.WhenAll or Asyncio.GatherAsync over the requests, with an AsyncSemaphore for a limit.");
        }
    }

    // HTTP/2 writes on all threads of the pool, and so it is with HTTP/3. Whoever can do without goes on.
    private void SpeakHttp1(HttpRequestMessage request)
    {
        if (request.Version.Major > 1 && request.VersionPolicy != HttpVersionPolicy.RequestVersionOrLower)
        {
            throw new HttpRequestException(
                HttpRequestError.VersionNegotiationError,
                $"{request.Method} {request.RequestUri} asks for HTTP/{request.Version} and nothing less ({request.VersionPolicy}), "
                + $"at {_door.Loop.Time} on {_door.Loop.Options.Name}: on virtual time there is HTTP/1.1 only, because HTTP/2 and HTTP/3 "
                + "do their work on threads that time does not wait for. Ask for HTTP/1.1, or use the loop on real time.");
        }

        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        if (request.Version.Major > 1)
        {
            request.Version = HttpVersion.Version11;
        }
    }
}

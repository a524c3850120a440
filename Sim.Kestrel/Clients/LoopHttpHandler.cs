using Sim.Core;

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
            LoopTimeouts.Adopt(_door.Loop, cancellationToken);
        }

        return base.SendAsync(request, cancellationToken);
    }
}

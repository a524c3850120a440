using Sim.Core;

namespace Sim.Kestrel;

/// <summary>
/// The handler of an <see cref="HttpClient"/> whose connections are those of a loop's network. The client's timeout, and cancellation
/// sources with a delay that are given to it, go by the loop's time. For the loop thread.
/// </summary>
public sealed class LoopHttpHandler : DelegatingHandler
{
    private readonly LoopDoor _door;

    /// <summary>A handler that owns its connections.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="network">Its network.</param>
    /// <exception cref="PlatformNotSupportedException">The loop is on virtual time, and .NET has another thread pool.</exception>
    public LoopHttpHandler(EventLoop loop, INetwork network)
        : base(new SocketsHttpHandler())
    {
        ArgumentNullException.ThrowIfNull(network);
        _door = new LoopDoor(loop);
        Sockets = (SocketsHttpHandler)InnerHandler!;
        Sockets.ConnectThrough(_door, network);
    }

    /// <summary>The handler below, for its settings; its <see cref="SocketsHttpHandler.ConnectCallback"/> is taken.</summary>
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

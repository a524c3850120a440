using Sim.Core;

namespace Sim.Kestrel;

/// <summary>Puts a handler of <see cref="HttpClient"/> on an event loop and its network.</summary>
public static class LoopSocketsHttpHandlerExtensions
{
    /// <summary>
    /// Takes the connections of <paramref name="handler"/> from <paramref name="network"/>: sets its
    /// <see cref="SocketsHttpHandler.ConnectCallback"/>, and turns proxies off. The handler may then be used from any thread. For a
    /// whole client there is <see cref="LoopHttpHandler"/>, which also puts its timeouts on the loop's time.
    /// </summary>
    /// <param name="handler">The handler.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="network">Its network.</param>
    /// <returns><paramref name="handler"/>.</returns>
    /// <exception cref="PlatformNotSupportedException">The loop is on virtual time, and .NET has another thread pool.</exception>
    public static SocketsHttpHandler ConnectThrough(this SocketsHttpHandler handler, EventLoop loop, INetwork network)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(network);
        return handler.ConnectThrough(new LoopDoor(loop), network);
    }

    internal static SocketsHttpHandler ConnectThrough(this SocketsHttpHandler handler, LoopDoor door, INetwork network)
    {
        handler.UseProxy = false;
        handler.ConnectCallback = new LoopConnector(door, network).ConnectAsync;
        return handler;
    }
}

using Sim.Core;

namespace Sim.Kestrel;

/// <summary>Puts a handler of <see cref="HttpClient"/> on an event loop and its network.</summary>
public static class LoopSocketsHttpHandlerExtensions
{
    /// <summary>A <see cref="LoopHttpHandler"/> over a handler that you have set up.</summary>
    /// <param name="handler">The handler; it belongs to the result from now on.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="network">Its network.</param>
    /// <exception cref="PlatformNotSupportedException">The loop is on virtual time, and .NET has another thread pool.</exception>
    public static LoopHttpHandler ConnectThrough(this SocketsHttpHandler handler, EventLoop loop, INetwork network) =>
        new(loop, network, handler);
}

using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.World;

namespace Sim.Tests;

/// <summary>A loop and a network for it: each test of what stands on connections runs in all of them.</summary>
public sealed class NetworkWorld
{
    private readonly string _name;
    private readonly Func<LoopOptions, EventLoop> _makeLoop;
    private readonly Func<EventLoop, INetwork> _makeNetwork;

    private NetworkWorld(string name, Func<LoopOptions, EventLoop> makeLoop, Func<EventLoop, INetwork> makeNetwork) =>
        (_name, _makeLoop, _makeNetwork) = (name, makeLoop, makeNetwork);

    /// <summary>Sockets, their twin, and the twin with everything drawn and small buffers.</summary>
    public static IEnumerable<NetworkWorld> All =>
    [
        new("sockets", static options => Asyncio.NewEventLoop(options), static loop => new SocketNetwork(loop)),
        new("memory", static options => Asyncio.NewVirtualEventLoop(options), static loop => new VirtualNetwork(loop)),
        .. Enumerable.Range(1, 4).Select(static seed => new NetworkWorld($"drawn {seed}", options => Drawn(seed, options), Small)),
    ];

    /// <summary>Whether time costs nothing.</summary>
    public bool IsVirtual => _name != "sockets";

    /// <summary>Runs it as the main task; an error that reaches nobody fails the test.</summary>
    public void Run(Func<INetwork, Task> body)
    {
        var errors = new List<LoopError>();
        Run(body, errors);
        Assert.That(errors, Is.Empty);
    }

    /// <summary>Runs it as the main task; what reaches the exception handler is put into the list.</summary>
    public void Run(Func<INetwork, Task> body, List<LoopError> errors, LoopOptions? options = null)
    {
        Asyncio.Run(
            () =>
            {
                var loop = Asyncio.GetRunningLoop();
                loop.ExceptionHandler = errors.Add;
                return Asyncio.TimeoutAsync(TimeSpan.FromMinutes(IsVirtual ? 600 : 1), _ => body(_makeNetwork(loop)));
            },
            () => _makeLoop(options ?? new LoopOptions()));
    }

    public override string ToString() => _name;

    private static VirtualNetwork Small(EventLoop loop) =>
        new(loop, new VirtualNetworkOptions { Latency = TimeSpan.FromMilliseconds(3), BufferSize = 1000 });

    private static EventLoop Drawn(long seed, LoopOptions options)
    {
        var clock = new VirtualClock();
        var chooser = new Chooser(new RandomStrategy(seed), records: false);
        return new EventLoop(clock, new VirtualPoller(clock), options with { Scheduler = chooser });
    }
}

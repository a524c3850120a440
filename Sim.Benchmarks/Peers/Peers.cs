namespace Sim.Benchmarks;

/// <summary>Everybody who is measured, Sim first.</summary>
internal static class Peers
{
    private const string Pool = ".NET thread pool";

    public static Peer Sim { get; } = new ManagedPeer("Sim", new Dictionary<string, Action>
    {
        ["W1"] = LoopWorkloads.Ready,
        ["W2"] = LoopWorkloads.Timers,
        ["W3"] = LoopWorkloads.Sleepers,
        ["W4"] = LoopWorkloads.Yields,
        ["W5"] = LoopWorkloads.Gathers,
        ["W6"] = LoopWorkloads.Queues,
    })
    {
        About = "the loop on virtual time, as a simulated test has it, without a scheduler",
    };

    public static Peer Floor { get; } = new ManagedPeer("C# floor", new Dictionary<string, Action>
    {
        ["W1"] = RawRing.Ready,
        ["W2"] = PumpWorkloads.Timers,
        ["W3"] = PumpWorkloads.Sleepers,
        ["W4"] = PumpWorkloads.Yields,
        ["W5"] = PumpWorkloads.Gathers,
        ["W6"] = PumpWorkloads.Queues,
    })
    {
        About = "no peer but the least that it can cost in C#: W1 is a raw ring of delegate and state; the others a bare pump of a ring "
            + "and the base library's priority queue, without handles, cancellation, contexts, threads or caught errors",
    };

    public static Peer Uvloop { get; } = new PythonPeer(
        "uvloop", "uvloop", "`apt-get install python3-uvloop`, or `pip install uvloop` for the Python on the path")
    {
        About = "the fast loop for Python; it has no virtual time, so nothing of timers",
        Without = ["W2", "W3"],
    };

    /// <summary>Those in .NET that one could use instead.</summary>
    public static IReadOnlyList<Peer> Managed { get; } =
    [
        new ManagedPeer("Rx.NET", new Dictionary<string, Action>
        {
            ["W1"] = ManagedWorkloads.RxReady,
            ["W2"] = ManagedWorkloads.RxTimers,
            ["W3"] = ManagedWorkloads.RxSleepers,
        })
        {
            About = "System.Reactive's `HistoricalScheduler`; a sleep is an action that schedules itself again, without a task",
        },
        new ManagedPeer("FakeTimeProvider", new Dictionary<string, Action> { ["W2"] = ManagedWorkloads.FakeTimeTimers })
        {
            About = $"the test clock of Microsoft.Extensions; W2 has {ManagedWorkloads.FakeTimers:N0} timers only, because each "
                + "firing looks at all of them",
            Cut = new Dictionary<string, int> { ["W2"] = ManagedWorkloads.FakeTimers },
        },
        new ManagedPeer("AsyncContext", new Dictionary<string, Action>
        {
            ["W1"] = ManagedWorkloads.ContextReady,
            ["W4"] = static () => ManagedWorkloads.InContext(ManagedWorkloads.YieldsAsync),
            ["W5"] = static () => ManagedWorkloads.InContext(ManagedWorkloads.GathersAsync),
            ["W6"] = static () => ManagedWorkloads.InContext(ManagedWorkloads.ChannelsAsync),
        })
        {
            About = "Nito.AsyncEx: one thread and a queue of posts; W6 with bounded channels. It has no time of its own",
        },
        new ManagedPeer(Pool, new Dictionary<string, Action>
        {
            ["W1"] = ManagedWorkloads.PoolReady,
            ["W4"] = static () => ManagedWorkloads.OnPool(ManagedWorkloads.YieldsAsync),
            ["W5"] = static () => ManagedWorkloads.OnPool(ManagedWorkloads.GathersAsync),
            ["W6"] = static () => ManagedWorkloads.OnPool(ManagedWorkloads.ChannelsAsync),
        })
        {
            About = "all cores at once, no order; W6 with bounded channels",
        },
    ];

    public static IReadOnlyList<Peer> All { get; } =
    [
        Sim,
        Floor,
        .. Managed,
        new PythonPeer("asyncio", "asyncio", "install Python 3")
        {
            About = "CPython's own loop; W2 and W3 with a selector that moves the clock instead of waiting",
        },
        Uvloop,
    ];
}

using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.Testing;
using Sim.World;

namespace Sim.Tests;

/// <summary>Sockets on every poller, and their twin, keep the contract that users' networks are held to.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NetworkContractTests
{
    [TestCaseSource(nameof(Demands))]
    public void KeepsTheContract(ContractCase demand) => demand.Run();

    private static IEnumerable<TestCaseData> Demands() =>
        from contract in Contracts()
        from demand in contract.Cases
        select new TestCaseData(demand).SetArgDisplayNames(contract.Name, demand.Name);

    private static IEnumerable<Contract> Contracts()
    {
        yield return new("virtual", Virtual, static loop => new VirtualNetwork(loop));
        yield return new("virtual, slow and small", Virtual, static loop => new VirtualNetwork(loop, Slow));
        yield return new("virtual, drawn", static () => Drawn(1), static loop => new VirtualNetwork(loop));
        yield return new("virtual, drawn otherwise", static () => Drawn(2), static loop => new VirtualNetwork(loop, Slow));
        yield return new("virtual, splitting and stalling", static () => Drawn(3), static loop => new VirtualNetwork(loop, Fitful));
        yield return new("select", static () => Real(new SelectPoller(SystemClock.Instance)), static loop => new SocketNetwork(loop));
        yield return new(
            "completions", static () => Real(new CompletionPoller(SystemClock.Instance)), static loop => new SocketNetwork(loop));
        if (EpollPoller.IsSupported)
        {
            yield return new(
                "kqueue, on a stand-in",
                static () => Real(new KqueuePoller(SystemClock.Instance, new PollKernelQueue())),
                static loop => new SocketNetwork(loop));
            yield return new("epoll", static () => Real(new EpollPoller(SystemClock.Instance)), static loop => new SocketNetwork(loop));
        }
    }

    private static VirtualNetworkOptions Slow =>
        new() { Latency = TimeSpan.FromMilliseconds(3), BufferSize = 1000, DatagramBufferSize = 1000 };

    private static VirtualNetworkOptions Fitful => new() { SplitsWrites = true, Stall = TimeSpan.FromMilliseconds(40) };

    private static EventLoop Virtual() => Asyncio.NewVirtualEventLoop();

    // Order, latencies and the sizes of reads by a seed.
    private static EventLoop Drawn(long seed)
    {
        var clock = new VirtualClock();
        var chooser = new Chooser(new RandomStrategy(seed), records: false);
        return new EventLoop(clock, new VirtualPoller(clock), new LoopOptions { Scheduler = chooser });
    }

    private static EventLoop Real(IPoller poller) => new(SystemClock.Instance, poller);

    private sealed class Contract(string name, Func<EventLoop> makeLoop, Func<EventLoop, INetwork> makeNetwork) : NetworkContract
    {
        public string Name => name;

        protected override EventLoop CreateLoop() => makeLoop();

        protected override INetwork CreateNetwork(EventLoop loop) => makeNetwork(loop);
    }
}

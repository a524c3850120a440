using System.Runtime.InteropServices;
using NUnit.Framework;
using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>The signals of the system and those of virtual time keep one contract; faulty ones do not.</summary>
[NonParallelizable]
public sealed class SignalContractTests
{
    [TestCaseSource(nameof(Demands))]
    public void KeepsTheContract(ContractCase demand) => demand.Run();

    [TestCase("Each of several signals is told, once", "was not told: 0 of 1 came")]
    [TestCase("All who are subscribed are told", "the first of two who are subscribed was not told")]
    [TestCase("Nobody is told of another signal", "subscribed to another signal was told")]
    [TestCase("After disposing nobody is told", "had disposed the subscription was told")]
    [TestCase("A number and a name are the same signal", "subscribed by name was not told")]
    [TestCase("What no program may handle is refused", "subscribed to signal 0")]
    public void AFaultySource_IsFound(string name, string words)
    {
        var contract = new Contract("faulty", LoopKind.Virtual, () => name switch
        {
            "Each of several signals is told, once" => new Faulty { IsDeaf = true },
            "All who are subscribed are told" => new Faulty { TellsTheLastOnly = true },
            "Nobody is told of another signal" => new Faulty { TellsAll = true },
            "After disposing nobody is told" => new Faulty { Forgets = true },
            _ => new Faulty(),
        });
        Assert.That(
            () => contract.Cases.Single(demand => demand.Name == name).Run(),
            Throws.TypeOf<ContractViolationException>().With.Message.Contains(words));
    }

    private static IEnumerable<TestCaseData> Demands()
    {
        var contracts = new List<Contract>
        {
            new("virtual", LoopKind.Virtual, static () => new VirtualSignals()),
            new("virtual, real loop", LoopKind.Real, static () => new VirtualSignals()),
        };
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        {
            contracts.Add(new("system", LoopKind.Real, static () => SystemSignals.Instance));
        }

        return
            from contract in contracts
            from demand in contract.Cases
            select new TestCaseData(demand).SetArgDisplayNames(contract.Name, demand.Name);
    }

    private sealed class Contract(string name, LoopKind kind, Func<ISignalSource> make) : SignalContract
    {
        public string Name => name;

        protected override EventLoop CreateLoop() => kind == LoopKind.Real ? Asyncio.NewEventLoop() : Asyncio.NewVirtualEventLoop();

        protected override ISignalSource CreateSource(EventLoop loop) => make();
    }

    /// <summary>A source that knows signals by the value it is given, and has one fault more.</summary>
    private sealed class Faulty : ISignalSource
    {
        private readonly List<(PosixSignal Signal, Func<bool> OnSignal)> _told = [];

        public bool IsDeaf { get; init; }

        public bool TellsTheLastOnly { get; init; }

        public bool TellsAll { get; init; }

        public bool Forgets { get; init; }

        public IDisposable Subscribe(PosixSignal signal, Func<bool> onSignal)
        {
            var place = (signal, onSignal);
            _told.Add(place);
            return new Subscription(() => _ = Forgets || _told.Remove(place));
        }

        public void Raise(PosixSignal signal)
        {
            var told = _told.Where(told => TellsAll || told.Signal == signal).Reverse();
            foreach (var (_, onSignal) in told.Take(TellsTheLastOnly ? 1 : 10).ToList())
            {
                _ = IsDeaf || onSignal();
            }
        }

        private sealed class Subscription(Action dispose) : IDisposable
        {
            public void Dispose() => dispose();
        }
    }
}

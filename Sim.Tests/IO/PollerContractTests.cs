using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>Every poller of the house keeps the contract that users' pollers are held to.</summary>
public sealed class PollerContractTests
{
    [TestCaseSource(nameof(Demands))]
    public void KeepsTheContract(ContractCase demand) => demand.Run();

    private static IEnumerable<TestCaseData> Demands() =>
        from contract in Contracts()
        from demand in contract.Cases
        select new TestCaseData(demand).SetArgDisplayNames(contract.Name, demand.Name);

    private static IEnumerable<Contract> Contracts()
    {
        yield return new("virtual", Virtual) { Watches = false, Real = false };
        yield return new("virtual, patient", Patient) { Watches = false, Real = false, Sleeps = true };
        yield return new("select", () => new SelectPoller(SystemClock.Instance));
        yield return new("completions", () => new CompletionPoller(SystemClock.Instance)) { Watches = false };
        if (!EpollPoller.IsSupported) yield break;
        yield return new("kqueue, on a stand-in", () => new KqueuePoller(SystemClock.Instance, new PollKernelQueue()));
        yield return new("epoll, timerfd", () => new EpollPoller(SystemClock.Instance, EpollTimer.TimerFd));
        if (BestTimer() == EpollTimer.Pwait2)
            yield return new("epoll, pwait2", () => new EpollPoller(SystemClock.Instance, EpollTimer.Pwait2));
    }

    private static (IClock Clock, IPoller Poller) Virtual()
    {
        var clock = new VirtualClock();
        return (clock, new VirtualPoller(clock));
    }

    private static (IClock Clock, IPoller Poller) Patient()
    {
        var clock = new VirtualClock();
        return (clock, new VirtualPoller(clock, TimeSpan.FromMinutes(1)));
    }

    private static EpollTimer BestTimer()
    {
        using var poller = new EpollPoller(SystemClock.Instance);
        return poller.Timer;
    }

    private sealed class Contract(string name, Func<(IClock Clock, IPoller Poller)> make) : PollerContract
    {
        public Contract(string name, Func<IPoller> make)
            : this(name, () => (SystemClock.Instance, make()))
        {
        }

        public string Name => name;

        public bool Watches { get; init; } = true;

        public bool Real { get; init; } = true;

        public bool? Sleeps { get; init; }

        public override bool WatchesHandles => Watches;

        public override bool TimeIsReal => Real;

        public override bool SleepsWithoutDeadline => Sleeps ?? base.SleepsWithoutDeadline;

        protected override (IClock Clock, IPoller Poller) Create() => make();
    }
}

using System.Runtime.InteropServices;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;
using Sim.Testing;

namespace Sim.Tests;

/// <summary>A contract that every poller passes proves nothing: each planted fault must be found, by the case for it.</summary>
public sealed class PollerContractOnFaultyPollersTests
{
    private static readonly Fault[] _faults =
    [
        new("A deadline is never returned early", (inner, deadline, ready) =>
            inner.Poll(deadline - TimeSpan.FromMilliseconds(1), ready)),
        new("A wake ends a wait without a deadline", (inner, deadline, ready) =>
            deadline is null ? PollOutcome.Stalled : inner.Poll(deadline, ready)),
        new("Several wakes count as one", (inner, deadline, ready) =>
        {
            var outcome = inner.Poll(deadline, ready);
            inner.Wake();
            return outcome;
        }),
        new("A readable handle is reported, and again while it stays readable", EdgeTriggered()),
        new("A readable handle is reported, and again while it stays readable", (inner, deadline, ready) =>
            With(inner.Poll(deadline, ready), () => Replace(ready, found => found with { Ready = PollInterest.Write }))),
        new("Two handles are told apart", (inner, deadline, ready) =>
            With(inner.Poll(deadline, ready), () => Replace(ready, found => found with { Token = "one" }))),
        new("Events are added to the list, which is not cleared", (inner, deadline, ready) =>
        {
            ready.Clear();
            return inner.Poll(deadline, ready);
        }),
        new("A closed handle is refused", register: (inner, handle, interest, token) =>
        {
            if (!handle.IsClosed) inner.Register(handle, interest, token);
        }),
        new("None stops watching, and watching again starts again", register: (inner, handle, interest, token) =>
        {
            if (interest != PollInterest.None) inner.Register(handle, interest, token);
        }),
        new("A handle ready for both is reported once, with both", register: (inner, handle, interest, token) =>
            inner.Register(handle, interest & PollInterest.Read, token)),
        new("No wake is lost among many", wake: static _ => { }),
        new("A wake after disposing does nothing", wake: static inner => inner.Register(null!, PollInterest.None, inner)),
    ];

    [TestCaseSource(nameof(_faults))]
    public void AFault_IsFound_ByTheCaseForIt(Fault fault)
    {
        var demand = new FaultyContract(fault).Cases.Single(demand => demand.Name == fault.Demand);
        var violation = Assert.Throws<ContractViolationException>(() => demand.Run());
        Assert.That(violation!.Message, Does.StartWith($"\"{fault.Demand}\": "));
    }

    [Test]
    public void ACaseThatHangs_IsFailed_NotWaitedFor()
    {
        var demand = new FaultyContract(new Fault("hang", wake: static _ => { })).Cases
            .Single(demand => demand.Name == "A wake ends a wait without a deadline");
        var violation = Assert.Throws<ContractViolationException>(() => demand.Run());
        Assert.That(violation!.Message, Does.Contain("did not come back within 0.500s"));
    }

    private static PollOutcome With(PollOutcome outcome, Action then)
    {
        then();
        return outcome;
    }

    private static void Replace(List<PollEvent> ready, Func<PollEvent, PollEvent> by)
    {
        for (var i = 0; i < ready.Count; i++) ready[i] = by(ready[i]);
    }

    // Reports each token once.
    private static Func<IPoller, Instant?, List<PollEvent>, PollOutcome> EdgeTriggered()
    {
        var seen = new HashSet<object>();
        return (inner, deadline, ready) =>
            With(inner.Poll(deadline, ready), () => ready.RemoveAll(found => !seen.Add(found.Token)));
    }

    public sealed class Fault(
        string demand,
        Func<IPoller, Instant?, List<PollEvent>, PollOutcome>? poll = null,
        Action<IPoller, SafeHandle, PollInterest, object>? register = null,
        Action<IPoller>? wake = null)
    {
        public string Demand => demand;

        public IPoller In(IPoller inner) => new Faulty(inner, this);

        public override string ToString() => Demand;

        private sealed class Faulty(IPoller inner, Fault fault) : IPoller
        {
            public PollOutcome Poll(Instant? deadline, List<PollEvent> ready) => fault.Polls(inner, deadline, ready);

            public void Wake() => fault.Wakes(inner);

            public void Register(SafeHandle handle, PollInterest interest, object token) =>
                fault.Registers(inner, handle, interest, token);

            public void Dispose() => inner.Dispose();
        }

        private Func<IPoller, Instant?, List<PollEvent>, PollOutcome> Polls { get; } =
            poll ?? (static (inner, deadline, ready) => inner.Poll(deadline, ready));

        private Action<IPoller, SafeHandle, PollInterest, object> Registers { get; } =
            register ?? (static (inner, handle, interest, token) => inner.Register(handle, interest, token));

        private Action<IPoller> Wakes { get; } = wake ?? (static inner => inner.Wake());
    }

    private sealed class FaultyContract(Fault fault) : PollerContract
    {
        public override TimeSpan TimeLimit => TimeSpan.FromMilliseconds(500);

        protected override (IClock Clock, IPoller Poller) Create() =>
            (SystemClock.Instance, fault.In(SystemPoller.Create(SystemClock.Instance)));
    }
}

using System.Runtime.InteropServices;
using Sim.Clock;
using Sim.Core;

namespace Sim.Testing;

/// <summary>A poller under test with its clock, and the ways in which the cases poll it.</summary>
internal sealed record PollerProbe(IClock Clock, IPoller Poller, bool TimeIsReal)
{
    /// <summary>A deadline that no case reaches in real time.</summary>
    public Instant FarAway => Clock.Now + TimeSpan.FromHours(1);

    /// <summary>Polls; the outcome must be that the loop goes on.</summary>
    public List<PollEvent> Poll(Instant? deadline)
    {
        var ready = new List<PollEvent>();
        var outcome = Poller.Poll(deadline, ready);
        ContractViolationException.Require(
            outcome == PollOutcome.Continue, $"the poll reported {outcome} although there was something to wait for.");
        return ready;
    }

    /// <summary>Polls until <paramref name="deadline"/>, which must have come afterwards, to the tick in virtual time.</summary>
    public void PollUntil(Instant deadline)
    {
        var ready = Poll(deadline);
        var now = Clock.Now;
        ContractViolationException.Require(
            now >= deadline, $"the wait for {deadline} was over at {now}, {Durations.Format(deadline - now)} early.");
        ContractViolationException.Require(
            TimeIsReal || now == deadline, $"virtual time went to {now} instead of the deadline {deadline}.");
        ContractViolationException.Require(ready.Count == 0, "the wait for a deadline reported a handle.");
    }

    /// <summary>What is ready now.</summary>
    public List<PollEvent> Look() => Poll(Clock.Now);

    /// <summary>Waits until something is ready: a poll may end early, an event may not be lost.</summary>
    public List<PollEvent> WaitForEvent()
    {
        while (true)
        {
            var ready = Poll(FarAway);
            if (ready.Count > 0) return ready;
        }
    }

    /// <summary>Waits for one event, which must be the expected one.</summary>
    public void Expect(object token, PollInterest kinds, string when)
    {
        var ready = WaitForEvent();
        ContractViolationException.Require(
            ready is [var only] && Equals(only.Token, token) && only.Ready == kinds,
            $"{when}, {kinds} for \"{token}\" was due, but the poll reported {Text(ready)}.");
    }

    /// <summary>Looks; there must be nothing.</summary>
    public void ExpectNothing(string when)
    {
        var ready = Look();
        ContractViolationException.Require(ready.Count == 0, $"{when}, the poll reported {Text(ready)} instead of nothing.");
    }

    /// <summary>Registers with a token that reads well in messages.</summary>
    public void Watch(SafeHandle handle, PollInterest interest, string token) => Poller.Register(handle, interest, token);

    /// <summary>Events as text for messages.</summary>
    public static string Text(IReadOnlyCollection<PollEvent> ready) => ready.Count == 0
        ? "nothing"
        : string.Join(", ", ready.Select(found => $"{found.Ready} for \"{found.Token}\""));
}

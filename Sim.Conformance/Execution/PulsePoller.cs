using System.Runtime.InteropServices;
using Sim.Clock;
using Sim.Core;

namespace Sim.Conformance;

/// <summary>
/// The oracle's poller: waiting moves a virtual clock to the deadline, or to the first pulse before it. A pulse makes a
/// handle ready for one poll; without a reader or writer at that moment it is lost. It counts the iterations.
/// </summary>
internal sealed class PulsePoller(VirtualClock clock) : IPoller
{
    /// <summary>How many iterations a program may make.</summary>
    public const int MostIterations = 4000;

    private readonly Dictionary<SafeHandle, (PollInterest Interest, object Token)> _watched = [];
    private readonly PriorityQueue<(SafeHandle Handle, PollInterest Ready), (Instant At, long Number)> _pulses = new();
    private long _pulseCount;

    /// <summary>How often the loop has polled: once in each iteration.</summary>
    public int Iterations { get; private set; }

    /// <summary>Makes a handle ready for the poll that reaches <paramref name="at"/>.</summary>
    public void Fire(SafeHandle handle, PollInterest ready, Instant at) => _pulses.Enqueue((handle, ready), (at, ++_pulseCount));

    public PollOutcome Poll(Instant? deadline, List<PollEvent> ready)
    {
        if (++Iterations > MostIterations)
        {
            throw new LivelockException();
        }

        Instant? pulse = _pulses.TryPeek(out _, out var first) ? first.At : null;
        if (deadline is null && pulse is null)
        {
            return PollOutcome.Stalled;
        }

        var target = pulse is { } at && !(at > Later(deadline ?? at, clock.Now)) ? at : deadline!.Value;
        clock.AdvanceTo(Later(target, clock.Now));
        TakePulses(ready);
        return PollOutcome.Continue;
    }

    // What other threads would wake it for: programs have one thread.
    public void Wake()
    {
    }

    public void Register(SafeHandle handle, PollInterest interest, object token)
    {
        if (interest == PollInterest.None)
        {
            _watched.Remove(handle);
        }
        else
        {
            _watched[handle] = (interest, token);
        }
    }

    public void Dispose()
    {
    }

    // Pulses of one handle are one event, at the place of the first.
    private void TakePulses(List<PollEvent> ready)
    {
        var due = new List<(SafeHandle Handle, PollInterest Ready)>();
        while (_pulses.TryPeek(out var pulse, out var place) && place.At <= clock.Now)
        {
            _pulses.Dequeue();
            var known = due.FindIndex(other => ReferenceEquals(other.Handle, pulse.Handle));
            if (known < 0)
            {
                due.Add(pulse);
            }
            else
            {
                due[known] = (pulse.Handle, due[known].Ready | pulse.Ready);
            }
        }

        foreach (var (handle, found) in due)
        {
            if (_watched.TryGetValue(handle, out var watched) && (found & watched.Interest) != 0)
            {
                ready.Add(new PollEvent(watched.Token, found & watched.Interest));
            }
        }
    }

    private static Instant Later(Instant a, Instant b) => a > b ? a : b;
}

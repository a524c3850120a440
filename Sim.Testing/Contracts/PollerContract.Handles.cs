using System.Net.Sockets;
using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

public abstract partial class PollerContract
{
    private const PollInterest Both = PollInterest.Read | PollInterest.Write;

    private Demand[] OnHandles() =>
    [
        new("A handle is refused", HandleIsRefused, !WatchesHandles),
        On("A readable handle is reported, and again while it stays readable", Readable),
        On("A writable handle is reported, and again while it stays writable", Writable),
        On("A handle with a full buffer is not writable until there is room", FullBuffer),
        On("A handle ready for both is reported once, with both", ReadyForBoth),
        On("Only what was asked for is reported", OnlyWhatWasAsked),
        On("None stops watching, and watching again starts again", NoneStops),
        On("Registering again replaces the token", TokenIsReplaced),
        On("Two handles are told apart", TwoHandles),
        On("A ready handle is reported although the deadline has come", ReadyAndDue),
        On("A handle that becomes ready during the wait ends it", ReadyDuringTheWait),
        On("A closed peer is reported as readable", ClosedPeer),
        On("A broken connection is reported in every direction asked for", BrokenConnection),
        On("A closed handle is refused", ClosedHandleIsRefused),
        On("A watched handle can be closed, and is not reported any more", ClosedWhileWatched),
        On("A handle that gets the number of a closed one is not mistaken for it", NumberUsedAgain),
    ];

    private Demand On(string name, Action<PollerProbe, LoopbackPair> body) => new(name, WithPair(body), WatchesHandles);

    private static Action<PollerProbe> WithPair(Action<PollerProbe, LoopbackPair> body) => probe =>
    {
        using var pair = new LoopbackPair();
        body(probe, pair);
    };

    private static void HandleIsRefused(PollerProbe probe)
    {
        using var pair = new LoopbackPair();
        try
        {
            probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near");
        }
        catch (NotSupportedException)
        {
            return;
        }

        throw new ContractViolationException(
            $"a socket was registered with a poller whose {nameof(WatchesHandles)} is false.");
    }

    private static void Readable(PollerProbe probe, LoopbackPair pair)
    {
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near");
        probe.ExpectNothing("before anything was sent");
        pair.SendToNear();
        for (var i = 0; i < 3; i++) probe.Expect("near", PollInterest.Read, $"in poll {i + 1} after a byte arrived");
        pair.Drain(pair.Near);
        probe.ExpectNothing("after the byte was read");
    }

    private static void Writable(PollerProbe probe, LoopbackPair pair)
    {
        probe.Watch(pair.Near.SafeHandle, PollInterest.Write, "near");
        for (var i = 0; i < 3; i++) probe.Expect("near", PollInterest.Write, $"in poll {i + 1} with an empty buffer");
    }

    private static void FullBuffer(PollerProbe probe, LoopbackPair pair)
    {
        probe.Watch(pair.Near.SafeHandle, PollInterest.Write, "near");
        // The system may enlarge the buffers while they fill; at some point it stops.
        for (var attempts = 0; ; attempts++)
        {
            pair.FillFromNear();
            if (probe.Look().Count == 0) break;
            Require(attempts < 1000, "a socket that takes no more data was still reported as writable.");
        }

        // Reading at the far end until there is room: the near end may hold several buffers' worth.
        while (probe.Look() is []) pair.Drain(pair.Far);

        probe.Expect("near", PollInterest.Write, "when the buffer had room again");
    }

    private static void ReadyForBoth(PollerProbe probe, LoopbackPair pair)
    {
        pair.SendToNear();
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near");
        probe.Expect("near", PollInterest.Read, "with a byte to read");
        probe.Watch(pair.Near.SafeHandle, Both, "near");
        probe.Expect("near", Both, "with a byte to read and room to write");
    }

    private static void OnlyWhatWasAsked(PollerProbe probe, LoopbackPair pair)
    {
        pair.SendToNear();
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near");
        probe.Expect("near", PollInterest.Read, "watched for reading");
        probe.Watch(pair.Near.SafeHandle, PollInterest.Write, "near");
        probe.Expect("near", PollInterest.Write, "then watched for writing, with a byte still to read");
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near");
        probe.Expect("near", PollInterest.Read, "then watched for reading again");
    }

    private static void NoneStops(PollerProbe probe, LoopbackPair pair)
    {
        pair.SendToNear();
        probe.Watch(pair.Near.SafeHandle, Both, "near");
        probe.WaitForEvent();
        probe.Watch(pair.Near.SafeHandle, PollInterest.None, "near");
        probe.ExpectNothing("after the handle was given up");
        probe.PollUntil(probe.Clock.Now + TimeSpan.FromMilliseconds(5));
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near again");
        probe.Expect("near again", PollInterest.Read, "watched again");
    }

    private static void TokenIsReplaced(PollerProbe probe, LoopbackPair pair)
    {
        pair.SendToNear();
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "first");
        probe.Expect("first", PollInterest.Read, "under its first token");
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "second");
        probe.Expect("second", PollInterest.Read, "under its second token");
    }

    private static void TwoHandles(PollerProbe probe, LoopbackPair one)
    {
        using var two = new LoopbackPair();
        probe.Watch(one.Near.SafeHandle, PollInterest.Read, "one");
        probe.Watch(two.Near.SafeHandle, PollInterest.Read, "two");
        two.SendToNear();
        probe.Expect("two", PollInterest.Read, "when only the second had data");
        one.SendToNear();
        // The second byte may take a moment longer than the first, but then both are reported by one poll.
        var ready = probe.WaitForEvent();
        while (ready.Count < 2) ready = probe.WaitForEvent();
        Require(
            ready.Count == 2 && ready.Exists(found => Equals(found.Token, "one")) && ready.Exists(found => Equals(found.Token, "two")),
            $"when both had data, the poll reported {PollerProbe.Text(ready)}.");
        two.Drain(two.Near);
        probe.Expect("one", PollInterest.Read, "when only the first had data");
    }

    private static void ReadyAndDue(PollerProbe probe, LoopbackPair pair)
    {
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near");
        pair.SendToNear();
        probe.Expect("near", PollInterest.Read, "after a byte arrived");
        var ready = probe.Poll(probe.Clock.Now - TimeSpan.FromSeconds(1));
        Require(ready.Count == 1, $"with a past deadline and a byte to read, the poll reported {PollerProbe.Text(ready)}.");
    }

    private static void ReadyDuringTheWait(PollerProbe probe, LoopbackPair pair)
    {
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near");
        var sender = new Outsider(50, pair.SendToNear);
        for (var round = 0; round < 50; round++)
        {
            sender.Go();
            while (probe.Poll(null) is [])
            {
            }

            pair.Drain(pair.Near);
        }

        sender.Join();
    }

    private static void ClosedPeer(PollerProbe probe, LoopbackPair pair)
    {
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near");
        pair.Far.Shutdown(SocketShutdown.Both);
        pair.Far.Dispose();
        probe.Expect("near", PollInterest.Read, "after the peer closed");
    }

    private static void BrokenConnection(PollerProbe probe, LoopbackPair pair)
    {
        probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near");
        pair.Reset();
        probe.Expect("near", PollInterest.Read, "after the peer broke off, watched for reading");
        probe.Watch(pair.Near.SafeHandle, PollInterest.Write, "near");
        probe.Expect("near", PollInterest.Write, "after the peer broke off, watched for writing");
        probe.Watch(pair.Near.SafeHandle, Both, "near");
        probe.Expect("near", Both, "after the peer broke off, watched for both");
    }

    private static void ClosedHandleIsRefused(PollerProbe probe, LoopbackPair pair)
    {
        pair.Near.Dispose();
        try
        {
            probe.Watch(pair.Near.SafeHandle, PollInterest.Read, "near");
        }
        catch (ArgumentException)
        {
            return;
        }

        throw new ContractViolationException("a closed handle was registered without an ArgumentException.");
    }

    private static void ClosedWhileWatched(PollerProbe probe, LoopbackPair pair)
    {
        using var other = new LoopbackPair();
        var closed = pair.Near.SafeHandle;
        pair.SendToNear();
        probe.Watch(closed, PollInterest.Read, "closed");
        probe.Watch(other.Near.SafeHandle, PollInterest.Read, "open");
        probe.Expect("closed", PollInterest.Read, "while it was open");
        pair.Near.Dispose();
        probe.ExpectNothing("after a watched handle was closed");
        other.SendToNear();
        probe.Expect("open", PollInterest.Read, "after another handle was closed");
        probe.Watch(closed, PollInterest.None, "closed");
        probe.Expect("open", PollInterest.Read, "after the closed handle was given up");
    }

    private static void NumberUsedAgain(PollerProbe probe, LoopbackPair pair)
    {
        var closed = pair.Near.SafeHandle;
        probe.Watch(closed, Both, "closed");
        pair.Dispose();
        // Most systems give out the lowest free number, so one of these sockets has it now. All could be written.
        using var next = new LoopbackPair();
        next.SendToNear();
        probe.ExpectNothing("after a watched handle was closed and others opened");
        probe.Watch(next.Near.SafeHandle, PollInterest.Read, "next");
        probe.Watch(next.Far.SafeHandle, PollInterest.Write, "next, far end");
        probe.Watch(closed, PollInterest.None, "closed");
        probe.Watch(next.Far.SafeHandle, PollInterest.None, "next, far end");
        probe.Expect("next", PollInterest.Read, "after the closed handle was given up");
    }
}

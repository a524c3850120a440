using System.Net.Sockets;
using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>What the contract does not see of the kqueue poller, on a stand-in for the kernel.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class KqueuePollerTests : IDisposable
{
    private const PollInterest Both = PollInterest.Read | PollInterest.Write;

    private readonly List<PollEvent> _ready = [];
    private readonly PollKernelQueue _kernel = new();
    private readonly KqueuePoller _poller;

    public KqueuePollerTests() => _poller = new KqueuePoller(SystemClock.Instance, _kernel);

    public void Dispose() => _poller.Dispose();

    [Test]
    public void ElsewhereThanOnItsSystems_ItIsRefused_WithTheRoadToTake()
    {
        Assert.That(KqueuePoller.IsSupported, Is.False);
        var refusal = Assert.Throws<PlatformNotSupportedException>(() => _ = new KqueuePoller(SystemClock.Instance));
        Assert.That(refusal!.Message, Does.Contain("macOS").And.Contain("SystemPoller.Create").And.Contain("CompletionPoller"));
    }

    [Test]
    public void AnEvent_HasTheSizeAndTheOrderOfTheHeader()
    {
        Assert.That(BsdNative.EventSize, Is.EqualTo(32));
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(
            new[] { new BsdNative.Event { Ident = 1, Filter = 2, Flags = 3, Notes = 4, Data = 5, Mark = 6 } }.AsSpan()).ToArray();
        var expected = new byte[32];
        (expected[0], expected[8], expected[10], expected[12], expected[16], expected[24]) = (1, 2, 3, 4, 5, 6);
        Assert.That(bytes, Is.EqualTo(expected));
    }

    [Test]
    public void TwoHandlesOfOneToken_AreTwoEvents()
    {
        using var one = TestSockets.Bound();
        using var two = TestSockets.Bound();
        one.SendTo([1], one.LocalEndPoint!);
        _poller.Register(one.SafeHandle, Both, "same");
        _poller.Register(two.SafeHandle, Both, "same");
        _poller.Poll(null, _ready);
        Assert.That(_ready, Is.EquivalentTo([new PollEvent("same", Both), new PollEvent("same", PollInterest.Write)]));
    }

    [Test]
    public void WhatIsGivenUp_IsDeletedFromTheKernel()
    {
        using var socket = TestSockets.Bound();
        _poller.Register(socket.SafeHandle, Both, "socket");
        Assert.That(_kernel.Count, Is.EqualTo(2));
        _poller.Register(socket.SafeHandle, PollInterest.Read, "socket");
        Assert.That(_kernel.Count, Is.EqualTo(1));
        _poller.Register(socket.SafeHandle, PollInterest.None, "socket");
        Assert.That(_kernel.Count, Is.Zero);
    }

    [Test]
    public void ARegistrationThatIsRefusedByHalf_IsRefusedWhole()
    {
        using var socket = TestSockets.Bound();
        _kernel.Refusal = static (filter, _) => filter == BsdNative.Write ? BsdNative.BrokenPipe : 0;
        var refusal = Assert.Throws<IOException>(() => _poller.Register(socket.SafeHandle, Both, "socket"));
        Assert.That(refusal!.Message, Does.Contain("nobody reads from this pipe"));
        Assert.That(_kernel.Count, Is.Zero);
        _poller.Register(socket.SafeHandle, PollInterest.Read, "socket");
        Assert.Throws<IOException>(() => _poller.Register(socket.SafeHandle, Both, "socket"));
        socket.SendTo([1], socket.LocalEndPoint!);
        _poller.Poll(null, _ready);
        Assert.That(_ready, Is.EqualTo([new PollEvent("socket", PollInterest.Read)]), "what was watched before is watched still");
    }

    [Test]
    public void WhatTheKernelCannotWatch_IsRefused()
    {
        using var socket = TestSockets.Bound();
        _kernel.Refusal = static (_, _) => BsdNative.Invalid;
        var refusal = Assert.Throws<ArgumentException>(() => _poller.Register(socket.SafeHandle, PollInterest.Read, "socket"));
        Assert.That(refusal!.Message, Does.Contain("kqueue cannot watch"));
    }

    [Test]
    public void AnAnswerForNobody_IsDeleted_InsteadOfKeepingThePollerBusy()
    {
        var clock = new CountingClock();
        var kernel = new PollKernelQueue();
        using var poller = new KqueuePoller(clock, kernel);
        using var socket = TestSockets.Bound();
        kernel.Change(socket.Handle, BsdNative.Write, BsdNative.Add, 0, mark: 12345);
        poller.Poll(clock.Now + TimeSpan.FromMilliseconds(50), _ready);
        Assert.That(_ready, Is.Empty);
        Assert.That(clock.Reads, Is.LessThan(20));
        Assert.That(kernel.Count, Is.Zero);
    }

    [Test]
    public void TwoHandleObjectsForOneDescriptor_TheLastRegisteredCounts()
    {
        using var socket = TestSockets.Bound();
        using var view = new SafeSocketHandle(socket.Handle, ownsHandle: false);
        _poller.Register(socket.SafeHandle, Both, "first");
        _poller.Register(view, PollInterest.Write, "second");
        Assert.That(_kernel.Count, Is.EqualTo(1), "nothing is left of the first");
        _poller.Poll(null, _ready);
        Assert.That(_ready, Is.EqualTo([new PollEvent("second", PollInterest.Write)]));
    }

    [Test]
    public void PollingAllocatesNothing_OfThePollersOwn()
    {
        _poller.Poll(SystemClock.Instance.Now, _ready);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) _poller.Poll(SystemClock.Instance.Now, _ready);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Signals that the system sends to this process. Each test has a signal of its own: the process is everybody's.</summary>
[NonParallelizable]
[Platform("Linux", Reason = "The numbers of signals are those of Linux.")]
public sealed class SystemSignalTests() : LoopFixture(LoopKind.Real)
{
    // Signals for users; nobody else in this process uses them.
    private const PosixSignal User1 = (PosixSignal)10;
    private const PosixSignal User2 = (PosixSignal)12;
    private const PosixSignal RealTime = (PosixSignal)50;

    /// <summary>asyncio: test_events.test_signal_handling_while_selecting: it ends a wait of the poller.</summary>
    [Test]
    public void ASignal_EndsTheWaitOfTheLoop()
    {
        using var handler = Loop.AddSignalHandler(User1, () =>
        {
            Log.Add(Loop.IsOnLoopThread ? "on the loop" : "elsewhere");
            Loop.Stop();
        });
        for (var i = 1; i <= 20; i++)
        {
            // There is nothing else to do: the loop waits, and only the signal ends that.
            var sender = new Thread(() => Loop.RaiseSignal(User1));
            Loop.CallSoon(sender.Start);
            Loop.RunForever();
            sender.Join();
            Assert.That((Log.Count, Log[^1]), Is.EqualTo((i, "on the loop")));
        }
    }

    /// <summary>While the loop is busy the signal waits; it is taken by the next poll.</summary>
    [Test]
    public void ASignalThatComesWhileTheLoopIsBusy_IsHandledAfterwards() => Run(async () =>
    {
        var handled = Loop.CreateFuture<long>();
        var arrivals = new CountingSignals(SystemSignals.Instance);
        Loop.SetSignalSource(arrivals);
        using var handler = Loop.AddSignalHandler(User2, () => handled.SetResult(Loop.Iteration));
        Loop.RaiseSignal(User2);
        SpinWait.SpinUntil(() => arrivals.Count > 0);
        var busy = Loop.Iteration;
        Assert.That(handled.IsDone, Is.False);
        Assert.That(await handled - busy, Is.EqualTo(2));
    });

    /// <summary>Signals of real time are queued by the system, each of them; none is lost on the way to the loop.</summary>
    [Test]
    public void AllOfManySignals_AreHandled() => Run(async () =>
    {
        const int Many = 200;
        var (count, all) = (0, Loop.CreateFuture<bool>());
        using var handler = Loop.AddSignalHandler(RealTime, () =>
        {
            if (++count == Many)
            {
                all.SetResult(true);
            }
        });
        for (var i = 0; i < Many; i++)
        {
            Loop.RaiseSignal(RealTime);
        }

        await Asyncio.WaitForAsync(all, TimeSpan.FromSeconds(30));
        Assert.That(count, Is.EqualTo(Many));
    });

    /// <summary>The kernel tells what the process catches: while there is a handler and not longer, as when the loop closes.</summary>
    [Test]
    public void WhatASignalDoesByDefault_ComesBackWithTheRemoval()
    {
        Assert.That(IsCaught(User1), Is.False);
        Loop.AddSignalHandler(User1, () => { });
        Assert.That(IsCaught(User1), Is.True);
        Loop.AddSignalHandler(User1, () => { });
        Assert.That(IsCaught(User1), Is.True);
        Loop.RemoveSignalHandler(User1);
        Assert.That(IsCaught(User1), Is.False);

        var loop = NewLoop(new LoopOptions());
        loop.AddSignalHandler(User1, () => { });
        Assert.That(IsCaught(User1), Is.True);
        loop.Close();
        Assert.That(IsCaught(User1), Is.False);
    }

    /// <summary>Two loops of one process are told of the same signal.</summary>
    [Test]
    public void TwoLoops_HandleTheSameSignal()
    {
        using var other = NewLoop(new LoopOptions());
        Loop.AddSignalHandler(User1, Loop.Stop);
        other.AddSignalHandler(User1, other.Stop);
        Loop.RaiseSignal(User1);
        Loop.RunForever();
        other.RunForever();
        Loop.RemoveSignalHandler(User1);
    }

    // The line "SigCgt" of /proc/self/status: a bit for each signal, from 1.
    private static bool IsCaught(PosixSignal signal)
    {
        var line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("SigCgt:", StringComparison.Ordinal));
        var mask = ulong.Parse(line["SigCgt:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (mask & (1UL << ((int)signal - 1))) != 0;
    }

    /// <summary>Counts what has come from the system, on its way to the loop.</summary>
    private sealed class CountingSignals(ISignalSource source) : ISignalSource
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public IDisposable Subscribe(PosixSignal signal, Func<bool> onSignal) => source.Subscribe(signal, () =>
        {
            var isDealtWith = onSignal();
            Interlocked.Increment(ref _count);
            return isDealtWith;
        });

        public void Raise(PosixSignal signal) => source.Raise(signal);
    }
}

#pragma warning disable CA1416 // Names of signals are data: nothing is asked of a platform that lacks them.

using System.Runtime.InteropServices;
using Sim.Core;
using static Sim.Testing.ContractViolationException;

namespace Sim.Testing;

/// <summary>
/// What every <see cref="ISignalSource"/> promises, as cases to run against an implementation: derive, say how to make a loop and a
/// source for it, and run each of <see cref="Cases"/> as a test of your framework. The cases raise two signals that a process
/// survives when nobody handles them. If the source is that of the system, they are not to run beside each other.
/// </summary>
public abstract class SignalContract
{
    private const int Many = 20;

    /// <summary>Real time after which a case that has not come back has failed; 30 s unless overridden.</summary>
    public virtual TimeSpan TimeLimit => TimeSpan.FromSeconds(30);

    /// <summary>The cases, always in the same order.</summary>
    public IReadOnlyList<ContractCase> Cases =>
    [
        Case("Each of several signals is told, once", EachIsTold),
        Case("All who are subscribed are told", AllAreTold),
        Case("Nobody is told of another signal", NobodyIsToldOfAnother),
        Case("After disposing nobody is told", NobodyIsToldAfterDisposing),
        Case("A number and a name are the same signal", ANumberIsAName),
        Case("What no program may handle is refused", WhatNobodyHandlesIsRefused),
    ];

    /// <summary>A signal that does nothing by default; SIGWINCH unless overridden.</summary>
    protected virtual PosixSignal Signal => PosixSignal.SIGWINCH;

    /// <summary>Another one; SIGCONT unless overridden.</summary>
    protected virtual PosixSignal Other => PosixSignal.SIGCONT;

    /// <summary>The platform's number of <see cref="Signal"/>; 28 unless overridden.</summary>
    protected virtual PosixSignal Number => (PosixSignal)28;

    /// <summary>Makes a loop. Called once per case, on its thread.</summary>
    protected abstract EventLoop CreateLoop();

    /// <summary>Makes a source for the loop, which does not run yet.</summary>
    protected abstract ISignalSource CreateSource(EventLoop loop);

    private ContractCase Case(string name, Func<ISignalSource, Task> body) => new(name, () => Watchdog.Run(name, TimeLimit, () =>
    {
        using var loop = CreateLoop();
        var source = CreateSource(loop);
        loop.RunUntilComplete(() => body(source));
    }));

    private async Task EachIsTold(ISignalSource source)
    {
        var told = new Listener();
        using var subscription = source.Subscribe(Signal, told.Hear);
        for (var i = 1; i <= Many; i++)
        {
            source.Raise(Signal);
            await told.WaitForAsync(i, "a signal that was raised");
        }

        await SettleAsync();
        Require(told.Count == Many, $"{Many} signals were raised one after the other, and {told.Count} were told.");
    }

    private async Task AllAreTold(ISignalSource source)
    {
        var (first, second) = (new Listener(), new Listener());
        using var one = source.Subscribe(Signal, first.Hear);
        using var two = source.Subscribe(Signal, second.Hear);
        source.Raise(Signal);
        await first.WaitForAsync(1, "the first of two who are subscribed");
        await second.WaitForAsync(1, "the second of two who are subscribed");
    }

    private async Task NobodyIsToldOfAnother(ISignalSource source)
    {
        var (right, wrong) = (new Listener(), new Listener());
        using var one = source.Subscribe(Signal, wrong.Hear);
        using var two = source.Subscribe(Other, right.Hear);
        source.Raise(Other);
        await right.WaitForAsync(1, "the one who is subscribed");
        await SettleAsync();
        Require(wrong.Count == 0, "one who is subscribed to another signal was told.");
    }

    private async Task NobodyIsToldAfterDisposing(ISignalSource source)
    {
        var (gone, stays) = (new Listener(), new Listener());
        var subscription = source.Subscribe(Signal, gone.Hear);
        using var other = source.Subscribe(Signal, stays.Hear);
        subscription.Dispose();
        subscription.Dispose();
        source.Raise(Signal);
        await stays.WaitForAsync(1, "the one who is still subscribed");
        await SettleAsync();
        Require(gone.Count == 0, "one who had disposed the subscription was told.");
    }

    private async Task ANumberIsAName(ISignalSource source)
    {
        var (byName, byNumber) = (new Listener(), new Listener());
        using var one = source.Subscribe(Signal, byName.Hear);
        using var two = source.Subscribe(Number, byNumber.Hear);
        source.Raise(Number);
        await byName.WaitForAsync(1, "the one who is subscribed by name");
        await byNumber.WaitForAsync(1, "the one who is subscribed by number");
    }

    private static Task WhatNobodyHandlesIsRefused(ISignalSource source)
    {
        foreach (var number in (int[])[0, 9, 1000])
        {
            try
            {
                source.Subscribe((PosixSignal)number, static () => true).Dispose();
            }
            catch (ArgumentOutOfRangeException)
            {
                continue;
            }

            throw new ContractViolationException($"somebody was subscribed to signal {number}, which no program may handle.");
        }

        return Task.CompletedTask;
    }

    // A signal may come on another thread, a little later: a moment of the loop's time in which nothing more comes.
    private static ValueTask SettleAsync() => Asyncio.SleepAsync(TimeSpan.FromMilliseconds(20));

    private sealed class Listener
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public bool Hear()
        {
            Interlocked.Increment(ref _count);
            return true;
        }

        public async Task WaitForAsync(int count, string who)
        {
            try
            {
                await Asyncio.TimeoutAsync(TimeSpan.FromSeconds(10), async _ =>
                {
                    while (Count < count)
                    {
                        await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(1));
                    }
                });
            }
            catch (TimeoutException)
            {
                throw new ContractViolationException($"{who} was not told: {Count} of {count} came within ten seconds.");
            }
        }
    }
}

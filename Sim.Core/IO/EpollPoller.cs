using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// The poller of Linux: epoll for handles (sockets, pipes, terminals, everything the kernel can wait for), an eventfd
/// for <see cref="Wake"/>, deadlines to the resolution of the kernel. Loop thread only, except <see cref="Wake"/>.
/// </summary>
/// <remarks>
/// A watched handle is not kept open: closing it ends the watching. (Holding a count on it would be worse than
/// useless, because <c>Socket.Dispose</c> spins until every count is given back.) A poll in which nothing changes
/// allocates nothing.
/// </remarks>
public sealed partial class EpollPoller : IPoller
{
    private readonly IClock _clock;
    private readonly SafeFileHandle _wakeup;
    private EpollSet _set;
    private readonly SpinBudget? _spin = SpinBudget.For(TimeSpan.FromMicroseconds(50));
    private int _wakePending;
    private bool _disposed;

    /// <summary>A poller whose deadlines are instants of <paramref name="clock"/>.</summary>
    /// <param name="clock">A clock that runs in real time.</param>
    /// <param name="timer">What ends a wait at its deadline; the default takes the best there is.</param>
    /// <exception cref="PlatformNotSupportedException">
    /// This is not 64-bit Linux, or its kernel or C library lacks the <paramref name="timer"/> asked for.
    /// </exception>
    public EpollPoller(IClock clock, EpollTimer timer = EpollTimer.Automatic)
    {
        ArgumentNullException.ThrowIfNull(clock);
        if (!IsSupported)
        {
            throw new PlatformNotSupportedException(
                $"{nameof(EpollPoller)} needs 64-bit Linux. {nameof(SystemPoller)}.{nameof(SystemPoller.Create)} chooses "
                + $"what this platform has; {nameof(CompletionPoller)} works everywhere.");
        }

        _clock = clock;
        _set = new EpollSet(timer);
        _wakeup = EpollSet.Opened(
            LinuxNative.EventCreate(0, LinuxNative.CloseOnExec | LinuxNative.NonBlocking), "eventfd");
        WatchWakeup();
        if (timer != EpollTimer.Pwait2 || _set.HasPwait2()) return;
        Dispose();
        throw new PlatformNotSupportedException(
            $"epoll_pwait2 needs Linux 5.11 and glibc 2.35, and a container may forbid it. Use {nameof(EpollTimer)}."
            + $"{nameof(EpollTimer.Automatic)}, which falls back to {nameof(EpollTimer.TimerFd)}.");
    }

    /// <summary>Whether this platform has what the poller is made of: 64-bit Linux.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>
    /// How long a wait looks for events before it sleeps, once waits have turned out to be that short: a message that comes
    /// soon is answered without the kernel waking a processor up. 50 µs unless set; zero = never, as with one processor.
    /// </summary>
    public TimeSpan SpinTime
    {
        get => _spin?.Window ?? TimeSpan.Zero;
        init => _spin = SpinBudget.For(value);
    }

    /// <summary>The timer in use: never <see cref="EpollTimer.Automatic"/>.</summary>
    public EpollTimer Timer => _set.Timer;

    /// <inheritdoc/>
    public PollOutcome Poll(Instant? deadline, List<PollEvent> ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        ObjectDisposedException.ThrowIf(_disposed, this);
        // A wait ends early when a signal strikes or a piece of a long wait is over: only the clock knows.
        long remaining;
        do remaining = PollTimeout.Remaining(_clock, deadline);
        while (!Waited(remaining, ready) && remaining != 0);
        return PollOutcome.Continue;
    }

    /// <inheritdoc/>
    public unsafe void Wake()
    {
        // Only the first of several wakes needs the kernel; the flag falls when a poll has taken the wake.
        if (Interlocked.Exchange(ref _wakePending, 1) != 0) return;
        var one = 1UL;
        try
        {
            _ = LinuxNative.Write(_wakeup, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // After Dispose there is no wait to end.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _set.Dispose();
        _wakeup.Dispose();
        _table.Clear();
    }

    // Whether something ended the wait other than time.
    private bool Waited(long remaining, List<PollEvent> ready)
    {
        // A loop with work at hand polls between any two callbacks: with nothing to see, that must not cost a call.
        if (remaining == 0 && _table.Count == 0 && Volatile.Read(ref _wakePending) == 0) return false;

        var (found, strayed) = (false, false);
        var count = remaining == 0 || _spin is null ? _set.Wait(remaining) : WaitOrLook(remaining, _spin);
        for (var place = 0; place < count; place++)
        {
            var (mask, key, generation) = _set[place];
            if (key is not { } descriptor) continue;
            if (generation == PollTable.Own) found |= TakeWake();
            else if (_table.Find((nint)descriptor, generation) is { } registration) found |= Report(registration, mask, ready);
            else strayed = true;
        }

        if (strayed) Rebuild();
        return found;
    }

    private int WaitOrLook(long remaining, SpinBudget spin)
    {
        var start = _clock.Now;
        // A deadline that is near comes exactly by sleeping.
        if (spin.IsWorthwhile(start) && (remaining < 0 || remaining > spin.Window.Ticks))
        {
            return Look(start, spin);
        }

        var count = _set.Wait(remaining);
        if (count > 0)
        {
            spin.Slept(_clock.Now - start);
        }

        return count;
    }

    // In vain, it leaves the sleeping to the next turn of the caller, who looks at the deadline again.
    private int Look(Instant start, SpinBudget spin)
    {
        Instant now;
        int found;
        do
        {
            found = _set.Wait(0);
            now = _clock.Now;
        }
        while (found == 0 && now - start < spin.Window);

        spin.Looked(now - start, hasFound: found > 0, now);
        return found;
    }

    private unsafe bool TakeWake()
    {
        // In this order: a wake between the two lines is answered by this poll, which has not returned yet.
        // The other way round its eventfd would be emptied and its flag left standing, and no later wake would write.
        ulong count;
        _ = LinuxNative.Read(_wakeup, &count, sizeof(ulong));
        Interlocked.Exchange(ref _wakePending, 0);
        return true;
    }

    private void WatchWakeup() => _set.Watch(_wakeup, key: 0, PollTable.Own);

    private static bool Report(in PollTable.Registration registration, uint mask, List<PollEvent> ready)
    {
        var kinds = PollInterest.None;
        // An error or a hang-up ends the wait of whoever waits, for reading or for writing: the call will tell it.
        var broken = (mask & (LinuxNative.Error | LinuxNative.HangUp)) != 0;
        if (broken || (mask & LinuxNative.In) != 0) kinds |= PollInterest.Read;
        if (broken || (mask & LinuxNative.Out) != 0) kinds |= PollInterest.Write;
        kinds &= registration.Interest;
        if (kinds == PollInterest.None) return false;
        ready.Add(new PollEvent(registration.Token, kinds));
        return true;
    }
}

using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// The poller of macOS and FreeBSD: kqueue for handles (sockets, pipes, terminals), an event of its own for
/// <see cref="Wake"/>, deadlines to the resolution of the kernel. Loop thread only, except <see cref="Wake"/>.
/// </summary>
/// <remarks>
/// Written after the manuals of both systems and their headers, tried with a stand-in for the kernel, and not on either
/// system. A watched handle is not kept open: closing it ends the watching. A regular file is ready until its end.
/// </remarks>
public sealed partial class KqueuePoller : IPoller
{
    // The number of the event that is the poller's own: numbers belong to a filter, so no descriptor has it.
    private const nint WakeIdent = 0;

    private readonly IClock _clock;
    private readonly IKernelQueue _queue;
    private int _wakePending;

    // By descriptor number: in which wait it was told last, and where in the list.
    private (long Wait, int Place)[] _told = new (long, int)[64];
    private long _waits;
    private bool _disposed;

    /// <summary>A poller whose deadlines are instants of <paramref name="clock"/>.</summary>
    /// <param name="clock">A clock that runs in real time.</param>
    /// <exception cref="PlatformNotSupportedException">This is neither 64-bit macOS nor 64-bit FreeBSD.</exception>
    public KqueuePoller(IClock clock)
        : this(clock, IsSupported ? new KernelQueue() : throw new PlatformNotSupportedException(
            $"{nameof(KqueuePoller)} needs 64-bit macOS or FreeBSD. {nameof(SystemPoller)}.{nameof(SystemPoller.Create)} chooses what "
            + $"this platform has; {nameof(CompletionPoller)} works everywhere."))
    {
    }

    internal KqueuePoller(IClock clock, IKernelQueue queue)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
        _queue = queue;
        var error = _queue.Change(WakeIdent, _queue.UserFilter, BsdNative.Add | BsdNative.Clear, 0, PollTable.Own);
        if (error == 0) return;
        Dispose();
        throw new IOException($"The kernel refused an event for waking (error {error}).");
    }

    /// <summary>Whether this platform has what the poller is made of: 64-bit macOS or FreeBSD.</summary>
    public static bool IsSupported =>
        (OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD()) && Environment.Is64BitProcess;

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
    public void Wake()
    {
        // Only the first of several wakes needs the kernel; the flag falls when a poll has taken the wake.
        if (Interlocked.Exchange(ref _wakePending, 1) != 0) return;
        try
        {
            // The mark goes along: FreeBSD takes over that of every change, also of one that adds nothing.
            _queue.Change(WakeIdent, _queue.UserFilter, 0, BsdNative.Trigger, PollTable.Own);
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
        _queue.Dispose();
        _table.Clear();
    }

    // Whether something ended the wait other than time.
    private bool Waited(long remaining, List<PollEvent> ready)
    {
        // A loop with work at hand polls between any two callbacks: with nothing to see, that must not cost a call.
        if (remaining == 0 && _table.Count == 0 && Volatile.Read(ref _wakePending) == 0) return false;

        var found = false;
        _waits++;
        var count = _queue.Wait(remaining);
        for (var place = 0; place < count; place++)
        {
            var (ident, filter, mark) = _queue[place];
            if (filter == _queue.UserFilter) found |= TakeWake();
            else if (_table.Find(ident, mark) is { } registration) found |= Report(registration, ident, filter, ready);
            else Stray(ident, filter);
        }

        return found;
    }

    private bool TakeWake()
    {
        // The kernel has taken the trigger back when it told of it. A wake that comes before the flag falls is answered by
        // this poll, which has not returned yet.
        Interlocked.Exchange(ref _wakePending, 0);
        return true;
    }

    // Each direction is an answer of its own here, and they need not stand side by side. An end or an error is told as ready,
    // in the direction that it concerns: the call will tell which.
    private bool Report(in PollTable.Registration registration, nint ident, short filter, List<PollEvent> ready)
    {
        var kind = (filter == BsdNative.Read ? PollInterest.Read : PollInterest.Write) & registration.Interest;
        if (kind == PollInterest.None) return false;
        if (ident >= _told.Length) Array.Resize(ref _told, Math.Max((int)ident + 1, _told.Length * 2));
        ref var told = ref _told[ident];
        if (told.Wait == _waits)
        {
            ready[told.Place] = ready[told.Place] with { Ready = ready[told.Place].Ready | kind };
            return true;
        }

        told = (_waits, ready.Count);
        ready.Add(new PollEvent(registration.Token, kind));
        return true;
    }
}

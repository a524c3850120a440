using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// Signals as callbacks of an event loop (rule 26). The system's handler only wakes the loop: the signal is taken in one
/// iteration, as soon as the loop polls, and its callback runs in the next, among all others. So it may do what any callback may.
/// </summary>
public static class EventLoopSignals
{
    /// <summary>
    /// Runs <paramref name="callback"/> for every <paramref name="signal"/>, in the execution context of this call. One handler
    /// of a loop for a signal: another one replaces it. As long as there is one, the signal does not do what it does by default
    /// (SIGTERM does not end the process); afterwards it does again. Loop thread only.
    /// </summary>
    /// <param name="loop">The loop; its closing removes its handlers.</param>
    /// <param name="signal">One that .NET names, or the platform's number.</param>
    /// <param name="callback">What to do.</param>
    /// <returns>For taking it away again, together with what was on its way to it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No program may handle this signal.</exception>
    /// <exception cref="PlatformNotSupportedException">This platform does not have this signal.</exception>
    /// <exception cref="LoopClosedException">The loop is closed.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public static SignalHandler AddSignalHandler(this EventLoop loop, PosixSignal signal, Action callback)
    {
        ArgumentNullException.ThrowIfNull(loop);
        return LoopSignals.Of(loop).Add(signal, callback);
    }

    /// <summary>
    /// Handles <paramref name="signal"/> no more. A callback that is ready already for one that came before still runs, as in
    /// asyncio. Loop thread only.
    /// </summary>
    /// <returns>Whether there was a handler.</returns>
    public static bool RemoveSignalHandler(this EventLoop loop, PosixSignal signal)
    {
        ArgumentNullException.ThrowIfNull(loop);
        loop.CheckThread();
        var signals = LoopSignals.Of(loop);
        return signals.Find(signal) is { } handler && signals.Remove(handler);
    }

    /// <summary>
    /// Sends <paramref name="signal"/> to this process: on a real machine through the system, to whoever handles it; on virtual
    /// time to the loops that share the source. Any thread. Two iterations later at the earliest its callback runs.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">This platform cannot send it.</exception>
    /// <exception cref="InvalidOperationException">Only on virtual time: nobody handles it.</exception>
    public static void RaiseSignal(this EventLoop loop, PosixSignal signal)
    {
        ArgumentNullException.ThrowIfNull(loop);
        LoopSignals.Of(loop).Source.Raise(signal);
    }

    /// <summary>
    /// Where the signals of this loop come from; without it, from the operating system, or, on a loop that was made for virtual
    /// time, from <see cref="VirtualSignals"/>. Handlers that are there already stay where they are. Loop thread only.
    /// </summary>
    public static void SetSignalSource(this EventLoop loop, ISignalSource source)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(source);
        loop.CheckOpen();
        loop.CheckThread();
        LoopSignals.Of(loop).Source = source;
    }
}

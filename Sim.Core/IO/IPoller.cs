using System.Runtime.InteropServices;
using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// Waits. The one place where time moves: the real poller sleeps in the kernel, the virtual one assigns to a
/// variable. Readiness is level-triggered: a handle that stays ready is reported by every poll. Loop thread only,
/// except <see cref="Wake"/>.
/// </summary>
public interface IPoller : IDisposable
{
    /// <summary>
    /// Whether the sockets of a <see cref="SocketNetwork"/> have to wait by completions, because nothing tells this poller of handles
    /// that are ready: the platform runs their operations, and what is over wakes the loop. False unless it says otherwise; a poller
    /// that stands on another says what that one says.
    /// </summary>
    bool UsesCompletions => false;

    /// <summary>
    /// Waits until a registered handle is ready, <paramref name="deadline"/> has come or <see cref="Wake"/> was called.
    /// </summary>
    /// <param name="deadline">
    /// On the time line of the loop's clock; now or earlier = look, do not wait; null = wait for ever. The wait never
    /// ends early by rounding: when it returns for the deadline, the clock reads the deadline or later.
    /// </param>
    /// <param name="ready">Receives the handles found ready, in the order of the backend; not cleared first.</param>
    PollOutcome Poll(Instant? deadline, List<PollEvent> ready);

    /// <summary>
    /// Ends the current or, if there is none, the next wait. Any thread. Several calls before a wait count as one.
    /// After <see cref="IDisposable.Dispose"/> it does nothing.
    /// </summary>
    void Wake();

    /// <summary>
    /// Starts watching a handle, or changes what is watched; <see cref="PollInterest.None"/> stops watching it.
    /// </summary>
    /// <param name="handle">A descriptor that the platform can wait for. The poller does not own it.</param>
    /// <param name="interest">What to report from now on.</param>
    /// <param name="token">Handed back with each event.</param>
    /// <exception cref="NotSupportedException">This poller cannot watch this kind of handle; the text says which can.</exception>
    /// <exception cref="ArgumentException">The handle is closed, or the platform refuses to wait for it (a regular file).</exception>
    void Register(SafeHandle handle, PollInterest interest, object token);
}

namespace Sim.Core;

/// <summary>
/// What a <see cref="KqueuePoller"/> asks of the kernel. A seam, so that all but the calls themselves can be tried where there
/// is no kqueue. Loop thread only, except <see cref="Change"/>.
/// </summary>
internal interface IKernelQueue : IDisposable
{
    /// <summary>The filter of events that are triggered by hand.</summary>
    short UserFilter { get; }

    /// <summary>Adds, deletes or triggers one event, by its number and filter; the answer is 0 or the error number. Any thread.</summary>
    /// <exception cref="ObjectDisposedException">The queue is disposed.</exception>
    int Change(nint ident, short filter, ushort flags, uint notes, uint mark);

    /// <summary>
    /// Waits up to <paramref name="ticks"/> of 100 ns, without end if negative; returns how many answers there are, 0 if
    /// interrupted.
    /// </summary>
    int Wait(long ticks);

    /// <summary>The answer at a place.</summary>
    (nint Ident, short Filter, uint Mark) this[int place] { get; }
}

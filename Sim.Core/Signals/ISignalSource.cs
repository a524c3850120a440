using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// Where a loop's signals come from: those of the operating system (<see cref="SystemSignals"/>), or those that a program
/// on virtual time raises (<see cref="VirtualSignals"/>).
/// </summary>
public interface ISignalSource
{
    /// <summary>Tells of every <paramref name="signal"/> that comes, until what is returned is disposed. Any thread.</summary>
    /// <param name="signal">Which one.</param>
    /// <param name="onSignal">
    /// Called for each, on any thread, and not to do more than to wake somebody. Returns whether the signal is dealt with: if
    /// no one says so, it does what it does by default, which for most of them is to end the process.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">This is a signal that no program may handle.</exception>
    /// <exception cref="PlatformNotSupportedException">This platform does not have it.</exception>
    IDisposable Subscribe(PosixSignal signal, Func<bool> onSignal);

    /// <summary>Sends <paramref name="signal"/> to this process. Any thread. It may come later than this returns.</summary>
    /// <exception cref="PlatformNotSupportedException">This platform cannot send it.</exception>
    void Raise(PosixSignal signal);
}

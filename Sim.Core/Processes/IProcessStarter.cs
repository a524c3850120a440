using System.Diagnostics;

namespace Sim.Core;

/// <summary>
/// What starts processes for a loop: the operating system (<see cref="SystemProcesses"/>), or a stand-in that has programs of
/// its own (<see cref="VirtualProcesses"/>).
/// </summary>
public interface IProcessStarter
{
    /// <summary>Starts a process. Loop thread only.</summary>
    /// <param name="loop">The loop that waits for it.</param>
    /// <param name="start">Which program, with which arguments, and which of its streams are pipes (<c>RedirectStandard…</c>).</param>
    /// <exception cref="NotSupportedException">There are no processes here; the text says what to do.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The system cannot start it.</exception>
    IChildProcess Start(EventLoop loop, ProcessStartInfo start);
}

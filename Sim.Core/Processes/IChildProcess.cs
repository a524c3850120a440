using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// A process as its starter sees it; a program sees a <see cref="Subprocess"/>. Loop thread only. Disposing it kills it, if it runs,
/// and closes the pipes; it is never left behind as a zombie.
/// </summary>
public interface IChildProcess : IDisposable
{
    /// <summary>Its number.</summary>
    int Id { get; }

    /// <summary>The code with which it has ended; null = it runs, as far as the loop knows.</summary>
    int? ExitCode { get; }

    /// <summary>Where to write for it; null if that is no pipe.</summary>
    IConnection? StandardInput { get; }

    /// <summary>What it writes; null if that is no pipe.</summary>
    IConnection? StandardOutput { get; }

    /// <summary>What it writes about errors; null if that is no pipe.</summary>
    IConnection? StandardError { get; }

    /// <summary>Calls back on the loop thread, once, when it has ended and its code is known. To be called before anything else.</summary>
    void OnExit(Action callback);

    /// <summary>Sends it a signal.</summary>
    /// <returns>False: it has ended.</returns>
    /// <exception cref="PlatformNotSupportedException">This platform cannot send it.</exception>
    bool SendSignal(PosixSignal signal);

    /// <summary>Ends it at once (SIGKILL).</summary>
    /// <returns>False: it has ended.</returns>
    bool Kill();
}

using System.Diagnostics;

namespace Sim.Core;

/// <summary>Processes of an event loop: starting them, and who does that.</summary>
public static class EventLoopProcesses
{
    /// <summary>
    /// Starts a process, asyncio's <c>create_subprocess_exec</c>: which program, with which arguments and environment, and which of its
    /// streams are pipes (<c>RedirectStandard…</c>) is .NET's own description. When this returns, it runs.
    /// </summary>
    /// <param name="loop">The loop that waits for it; it runs, or will.</param>
    /// <param name="start">The description. Those of its streams that are not redirected are those of this process.</param>
    /// <exception cref="NotSupportedException">The loop has no processes, as on virtual time; the text says what to do.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The system cannot start it: there is no such program, for one.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public static ValueTask<Subprocess> CreateSubprocessExecAsync(this EventLoop loop, ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(start);
        loop.CheckOpen();
        loop.CheckThread();
        return new ValueTask<Subprocess>(new Subprocess(loop, start.FileName, LoopProcesses.Of(loop).Starter.Start(loop, start)));
    }

    /// <summary>
    /// Starts a process with pipes for all of its streams: feed it and take what it says with
    /// <see cref="Subprocess.CommunicateAsync"/>.
    /// </summary>
    /// <param name="loop">The loop that waits for it.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments, as they are: no shell looks at them.</param>
    /// <inheritdoc cref="CreateSubprocessExecAsync(EventLoop, ProcessStartInfo)"/>
    public static ValueTask<Subprocess> CreateSubprocessExecAsync(
        this EventLoop loop, string program, params IEnumerable<string> arguments) =>
        loop.CreateSubprocessExecAsync(WithPipes(new ProcessStartInfo(program, arguments)));

    /// <summary>
    /// Starts the shell with a command and pipes for all of its streams, asyncio's <c>create_subprocess_shell</c>: <c>/bin/sh -c</c>,
    /// on Windows <c>cmd /c</c>. What comes from outside does not belong into a command.
    /// </summary>
    /// <inheritdoc cref="CreateSubprocessExecAsync(EventLoop, ProcessStartInfo)"/>
    public static ValueTask<Subprocess> CreateSubprocessShellAsync(this EventLoop loop, string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return loop.CreateSubprocessExecAsync(WithPipes(OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe") { Arguments = $"/d /s /c \"{command}\"" }
            : new ProcessStartInfo("/bin/sh", ["-c", command])));
    }

    /// <summary>
    /// Makes <paramref name="starter"/> the one that starts processes for this loop. Without it that is the operating system, or, on
    /// a loop that was made for virtual time, <see cref="VirtualProcesses"/> without any program. Loop thread only.
    /// </summary>
    public static void SetProcessStarter(this EventLoop loop, IProcessStarter starter)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(starter);
        loop.CheckOpen();
        loop.CheckThread();
        LoopProcesses.Of(loop).Starter = starter;
    }

    private static ProcessStartInfo WithPipes(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return start;
    }
}

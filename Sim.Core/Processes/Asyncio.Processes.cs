using System.Diagnostics;

namespace Sim.Core;

/// <content>Processes.</content>
public static partial class Asyncio
{
    /// <summary>
    /// Starts a process, asyncio's <c>create_subprocess_exec</c>: which program, with which arguments and environment, and which of its
    /// streams are pipes (<c>RedirectStandard…</c>) is .NET's own description. When this returns, it runs.
    /// </summary>
    /// <param name="start">The description. Those of its streams that are not redirected are those of this process.</param>
    /// <exception cref="NotSupportedException">The loop has no processes, as on virtual time; the text says what to do.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">The system cannot start it: there is no such program, for one.</exception>
    /// <exception cref="NoRunningLoopException">No loop runs on this thread.</exception>
    public static ValueTask<Subprocess> CreateSubprocessExecAsync(ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(start);
        var loop = GetRunningLoop();
        return new ValueTask<Subprocess>(new Subprocess(loop, start.FileName, LoopProcesses.Of(loop).Starter.Start(loop, start)));
    }

    /// <summary>
    /// Starts a process with pipes for all of its streams: feed it and take what it says with
    /// <see cref="Subprocess.CommunicateAsync"/>.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments, as they are: no shell looks at them.</param>
    /// <inheritdoc cref="CreateSubprocessExecAsync(ProcessStartInfo)"/>
    public static ValueTask<Subprocess> CreateSubprocessExecAsync(string program, params IEnumerable<string> arguments) =>
        CreateSubprocessExecAsync(WithPipes(new ProcessStartInfo(program, arguments)));

    /// <summary>
    /// Starts the shell with a command and pipes for all of its streams, asyncio's <c>create_subprocess_shell</c>: <c>/bin/sh -c</c>,
    /// on Windows <c>cmd /c</c>. What comes from outside does not belong into a command.
    /// </summary>
    /// <inheritdoc cref="CreateSubprocessExecAsync(ProcessStartInfo)"/>
    public static ValueTask<Subprocess> CreateSubprocessShellAsync(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return CreateSubprocessExecAsync(WithPipes(OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe") { Arguments = $"/d /s /c \"{command}\"" }
            : new ProcessStartInfo("/bin/sh", ["-c", command])));
    }

    private static ProcessStartInfo WithPipes(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return start;
    }
}

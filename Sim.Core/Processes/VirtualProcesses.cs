using System.Diagnostics;

namespace Sim.Core;

/// <summary>
/// The processes of virtual time: programs that are coroutines of the loop, with pipes in memory. There are none but those that
/// were added: a simulation has no operating system. Loop thread only.
/// </summary>
/// <param name="options">
/// How the pipes behave: latencies, and how much a receive takes, are drawn as those of a network. Unless given, a pipe holds 64 KiB,
/// as on Linux.
/// </param>
public sealed class VirtualProcesses(VirtualNetworkOptions? options = null) : IProcessStarter
{
    private const int FirstId = 1000;
    private const int PipeSize = 64 * 1024;

    private readonly VirtualNetworkOptions _options = options ?? new VirtualNetworkOptions { BufferSize = PipeSize };

    // Looked up by name, never iterated.
    private readonly Dictionary<string, Func<VirtualProgram, Task<int>>> _programs = new(StringComparer.Ordinal);
    private int _started;

    /// <summary>Adds a program: its main coroutine gets its arguments and pipes, and returns its code.</summary>
    /// <param name="fileName">The name by which it is started.</param>
    /// <param name="main">Runs as a task of the loop. A signal that it does not handle cancels it.</param>
    /// <returns>This.</returns>
    public VirtualProcesses Add(string fileName, Func<VirtualProgram, Task<int>> main)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(main);
        _programs[fileName] = main;
        return this;
    }

    /// <inheritdoc/>
    public IChildProcess Start(EventLoop loop, ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(start);
        return _programs.TryGetValue(start.FileName, out var main)
            ? new VirtualChild(loop, FirstId + _started++, start, _options, main)
            : throw new NotSupportedException(
                $"Process '{start.FileName}' was started {Places.Here()}, and {loop.Options.Name} has no such program: virtual time has no "
                + $"processes but those that it is given. Add a stand-in to a {nameof(VirtualProcesses)} and hand it to "
                + $"{nameof(EventLoopProcesses.SetProcessStarter)}, or run this on real time.");
    }
}

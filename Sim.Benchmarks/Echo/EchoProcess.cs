using System.Diagnostics;
using System.Globalization;

namespace Sim.Benchmarks;

/// <summary>A server that runs, in a process of its own.</summary>
internal sealed class EchoProcess : IDisposable
{
    private readonly Process _process;

    public EchoProcess(EchoPeer peer)
    {
        Peer = peer;
        _process = ThisProgram.Start(peer.Command!);
        Port = int.TryParse(_process.StandardOutput.ReadLine(), CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new InvalidOperationException($"{peer.Name} has not said where it listens.");
    }

    public EchoPeer Peer { get; }

    public int Port { get; }

    /// <summary>What its threads have taken so far, of processors and in the kernel (utime and stime).</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public void Dispose()
    {
        // The end of its input ends it.
        _process.StandardInput.Dispose();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

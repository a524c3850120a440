using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Samples;

namespace Sim.Tests;

/// <summary>The server of the samples in a process of its own, to be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int Terminate = 15;

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task _reading;

    /// <summary>Starts it, and comes back when it serves.</summary>
    /// <param name="before">What the shell does before.</param>
    public ServerProcess(string before = ":")
    {
        var command = $"{before}; exec dotnet \"{typeof(AnswerServer).Assembly.Location}\" serve 2>&1";
        _process = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true })!;
        var line = _process.StandardOutput.ReadLine() ?? "it has ended";
        Assert(line.StartsWith("serving at ", StringComparison.Ordinal), line);
        EndPoint = IPEndPoint.Parse(line["serving at ".Length..]);
        _reading = Task.Run(() =>
        {
            while (_process.StandardOutput.ReadLine() is { } next)
            {
                lock (_lines)
                {
                    _lines.Add(next);
                }
            }
        });
    }

    /// <summary>Where it serves.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What it has written so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Sends SIGTERM.</summary>
    public void Stop() => Assert(Kill(_process.Id, Terminate) == 0, "it could not be told to stop");

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public int WaitForExit()
    {
        Assert(_process.WaitForExit(TimeSpan.FromSeconds(60)), "it does not end");
        _reading.Wait();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static void Assert(bool isSo, string words)
    {
        if (!isSo)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The server process: {words}."));
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}

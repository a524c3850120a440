using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>A process of the operating system. Loop thread only; that it has ended comes from the pool.</summary>
internal sealed class SystemChild : IChildProcess
{
    private readonly EventLoop _loop;
    private readonly Process _process;
    private Action? _onExit;

    public SystemChild(EventLoop loop, ProcessStartInfo start)
    {
        _loop = loop;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => loop.TryCallSoonThreadSafe(TakeExit);
        try
        {
            Briefly(_process.Start);
        }
        catch
        {
            _process.Dispose();
            throw;
        }

        Id = _process.Id;
        var name = $"{Path.GetFileName(start.FileName)} ({Id})";
        StandardInput = start.RedirectStandardInput ? Connect(_process.StandardInput.BaseStream, $"stdin of {name}", isWrite: true) : null;
        StandardOutput = start.RedirectStandardOutput ? Connect(_process.StandardOutput, $"stdout of {name}") : null;
        StandardError = start.RedirectStandardError ? Connect(_process.StandardError, $"stderr of {name}") : null;
    }

    public int Id { get; }

    public int? ExitCode { get; private set; }

    public IConnection? StandardInput { get; }

    public IConnection? StandardOutput { get; }

    public IConnection? StandardError { get; }

    public void OnExit(Action callback) => _onExit = callback;

    public bool SendSignal(PosixSignal signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            // One that has ended keeps its number only until the system is asked for its code: not longer than this takes.
            return !HasEnded() && SignalNative.Send(Id, SignalNumbers.Of(signal)) == 0;
        }

        return SignalNumbers.Canonical(signal) == PosixSignal.SIGTERM || SignalNumbers.Of(signal) == SignalNumbers.Kill
            ? Kill()
            : throw new PlatformNotSupportedException(
                $"{SignalNumbers.NameOf(signal)} cannot be sent to process {Id} {Places.Here()}: Windows can only end a process.");
    }

    public bool Kill()
    {
        if (HasEnded())
        {
            return false;
        }

        return Briefly(() =>
        {
            _process.Kill();
            return true;
        });
    }

    public void Dispose()
    {
        Kill();
        StandardInput?.Dispose();
        StandardOutput?.Dispose();
        StandardError?.Dispose();
    }

    private bool HasEnded() => ExitCode is not null || Briefly(() => _process.HasExited);

    // .NET keeps starts and ends of processes apart by locks of its own, held for the moment of a call of the system: to wait for
    // them is no blocking of the loop, and without its context nobody refuses it.
    private static T Briefly<T>(Func<T> call)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return call();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void TakeExit()
    {
        ExitCode = Briefly(() => _process.ExitCode);
        _process.Dispose();
        _onExit?.Invoke();
    }

    private PipeConnection Connect(StreamReader reader, string name) => Connect(reader.BaseStream, name, isWrite: false);

    private PipeConnection Connect(Stream stream, string name, bool isWrite)
    {
        if (PipeNative.IsSupported && stream is PipeStream pipe)
        {
            try
            {
                return new HandlePipe(_loop, pipe.SafePipeHandle, pipe, new PipeEndPoint(name), isWrite);
            }
            catch (NotSupportedException)
            {
                // A poller that watches sockets only: there is the other way.
            }
        }

        return new PumpedPipe(_loop, stream, new PipeEndPoint(name), isWrite);
    }
}

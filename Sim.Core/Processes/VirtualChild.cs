using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>A process of virtual time: a task of the loop, with pipes in memory.</summary>
internal sealed class VirtualChild : IChildProcess
{
    // What a shell says of a program that was aborted.
    private const int Aborted = 134;
    private const int Signalled = 128;

    private readonly EventLoop _loop;
    private readonly VirtualProgram _program;
    private readonly LoopTask<int> _task;
    private Action? _onExit;
    private int? _codeOfSignal;

    public VirtualChild(EventLoop loop, int id, ProcessStartInfo start, VirtualNetworkOptions options, Func<VirtualProgram, Task<int>> main)
    {
        (_loop, Id) = (loop, id);
        var name = Path.GetFileName(start.FileName);
        (StandardInput, var input) = Pipe(start.RedirectStandardInput, "stdin");
        (StandardOutput, var output) = Pipe(start.RedirectStandardOutput, "stdout");
        (StandardError, var error) = Pipe(start.RedirectStandardError, "stderr");
        _program = new VirtualProgram(start, input, output, error);
        _task = loop.CreateTask(() => main(_program), $"{name} ({id})");
        _task.AddDoneCallback(_ => Exit());

        (IConnection? Near, IConnection? Far) Pipe(bool isWanted, string which) => isWanted
            ? VirtualConnection.Pair(loop, options, VirtualWire.Named(PipeEndPoint.Here, new PipeEndPoint($"{which} of {name} ({id})")))
            : (null, null);
    }

    public int Id { get; }

    public int? ExitCode { get; private set; }

    public IConnection? StandardInput { get; }

    public IConnection? StandardOutput { get; }

    public IConnection? StandardError { get; }

    public void OnExit(Action callback) => _onExit = callback;

    public bool SendSignal(PosixSignal signal) =>
        !_task.IsDone && (SignalNumbers.Of(signal) == SignalNumbers.Kill || !_program.Signals.TryRaise(signal) ? End(signal) : true);

    public bool Kill() => SendSignal((PosixSignal)SignalNumbers.Kill);

    public void Dispose()
    {
        if (!_loop.IsClosed)
        {
            Kill();
        }

        StandardInput?.Dispose();
        StandardOutput?.Dispose();
        StandardError?.Dispose();
    }

    // A coroutine cannot be taken off the machine: it is asked to stop, and has to.
    private bool End(PosixSignal signal)
    {
        _codeOfSignal ??= Signalled + SignalNumbers.Of(signal);
        return _task.Cancel();
    }

    private void Exit()
    {
        // Its ends are closed by the system, as those of any process.
        _program.StandardInput?.Dispose();
        _program.StandardOutput?.Dispose();
        _program.StandardError?.Dispose();
        // A failure stays with the task, and is told as that of any task that nobody awaits.
        ExitCode = _codeOfSignal ?? (_task.State == FutureState.Succeeded ? _task.Result : Aborted);
        _onExit?.Invoke();
    }
}

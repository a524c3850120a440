using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A process that does one thing otherwise than the contract demands: the contract must find it.</summary>
public sealed class FaultyChild : IChildProcess
{
    private readonly IChildProcess _inner;
    private readonly Fault _fault;

    private FaultyChild(EventLoop loop, IChildProcess inner, Fault fault)
    {
        (_inner, _fault) = (inner, fault);
        StandardInput = fault == Fault.SwallowsInput ? new Swallowing(inner.StandardInput!) : inner.StandardInput;
        if (fault == Fault.EndsByItself)
        {
            loop.CallLater(TimeSpan.FromMilliseconds(1), () => inner.Kill());
        }

        if (fault == Fault.ReadsItself)
        {
            loop.CreateTask(() => DrainAsync(inner.StandardOutput!));
        }
    }

    /// <summary>What it does wrong.</summary>
    public enum Fault
    {
        WrongCode,
        LosesOutput,
        DoesNotTell,
        EndsByItself,
        TakesEverySignal,
        SwallowsInput,
        ReadsItself,
        OutlivesDisposing,
    }

    public int Id => _inner.Id;

    public int? ExitCode => _fault == Fault.WrongCode && _inner.ExitCode is not null ? 0 : _inner.ExitCode;

    public IConnection? StandardInput { get; }

    public IConnection? StandardOutput => _inner.StandardOutput;

    public IConnection? StandardError => _inner.StandardError;

    public void OnExit(Action callback) => _inner.OnExit(() =>
    {
        if (_fault == Fault.LosesOutput)
        {
            StandardOutput!.Dispose();
        }

        if (_fault != Fault.DoesNotTell)
        {
            callback();
        }
    });

    public bool SendSignal(PosixSignal signal) => _inner.SendSignal(signal) || _fault == Fault.TakesEverySignal;

    public bool Kill() => _inner.Kill() || _fault == Fault.TakesEverySignal;

    public void Dispose()
    {
        if (_fault != Fault.OutlivesDisposing)
        {
            _inner.Dispose();
        }
    }

    private static async Task DrainAsync(IConnection output)
    {
        var piece = new byte[10_000];
        while (await output.ReceiveAsync(piece) > 0)
        {
        }
    }

    /// <summary>Starts faulty processes.</summary>
    public sealed class Starter(IProcessStarter inner, Fault fault) : IProcessStarter
    {
        public IChildProcess Start(EventLoop loop, ProcessStartInfo start) => new FaultyChild(loop, inner.Start(loop, start), fault);
    }

    // Takes every byte, whoever is there to read it.
    private sealed class Swallowing(IConnection inner) : IConnection
    {
        public EndPoint LocalEndPoint => inner.LocalEndPoint;

        public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

        public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReceiveAsync(buffer, cancellationToken);

        public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public void ShutdownSend() => inner.ShutdownSend();

        public void Abort() => inner.Abort();

        public void Dispose() => inner.Dispose();
    }
}

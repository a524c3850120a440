using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>The callback of a loop for one signal. Loop thread only.</summary>
public sealed class SignalHandler : IDisposable, INamedWork
{
    private readonly LoopSignals _signals;
    private readonly string _name;
    private Action? _callback;

    internal SignalHandler(LoopSignals signals, PosixSignal signal, Action callback, ExecutionContext? flow)
    {
        (_signals, Signal, _callback, Flow) = (signals, signal, callback, flow);
        _name = CodeNames.OfDelegate(callback);
    }

    /// <summary>Which signal.</summary>
    public PosixSignal Signal { get; }

    /// <summary>Whether it was cancelled; one that was replaced or removed is not.</summary>
    public bool IsCancelled => _callback is null;

    /// <summary>For the ready queue.</summary>
    internal static Action<object?> Runner { get; } = static handler => ((SignalHandler)handler!)._callback?.Invoke();

    /// <summary>The execution context of the registration.</summary>
    internal ExecutionContext? Flow { get; }

    /// <summary>What it listens to; null when it was replaced or removed.</summary>
    internal IDisposable? Subscription { get; set; }

    string INamedWork.WorkName => _name;

    /// <summary>
    /// The callback does not run any more, also not for a signal that has come already, and the signal is handled no more.
    /// A second call does nothing.
    /// </summary>
    public void Dispose()
    {
        _signals.Loop.CheckThread();
        _callback = null;
        _signals.Remove(this);
    }
}

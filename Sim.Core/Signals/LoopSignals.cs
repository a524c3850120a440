using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>The signals that a loop handles. Loop thread only, except that they come on any.</summary>
internal sealed class LoopSignals
{
    private static readonly LoopLocal<LoopSignals> _local = new(static loop => new LoopSignals(loop));

    // A handful at most, in the order of registration.
    private readonly List<SignalHandler> _handlers = [];

    private LoopSignals(EventLoop loop)
    {
        Loop = loop;
        loop.Closing += RemoveAll;
    }

    public EventLoop Loop { get; }

    public ISignalSource Source { get; set; } = SystemSignals.Instance;

    public static LoopSignals Of(EventLoop loop) => _local[loop];

    public SignalHandler? Find(PosixSignal signal)
    {
        var wanted = SignalNumbers.Canonical(signal);
        return _handlers.Find(handler => handler.Signal == wanted);
    }

    /// <param name="signal">Which one.</param>
    /// <param name="callback">What to do.</param>
    /// <param name="isDealtWith">Asked when it comes, on any thread: whether it does not do what it does by default. Null = always.</param>
    public SignalHandler Add(PosixSignal signal, Action callback, Func<bool>? isDealtWith = null)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Loop.CheckOpen();
        Loop.CheckThread();
        Loop.CheckCallback(callback);
        var old = Find(signal);
        var handler = new SignalHandler(this, SignalNumbers.Canonical(signal), callback, EventLoop.CaptureFlow());
        var arrival = new Arrival(this, handler.Signal);
        // The new one before the old one is gone: in between the signal would do what it does by default.
        handler.Subscription = Source.Subscribe(handler.Signal, () =>
        {
            // The system's handler does nothing but this: all the rest is for the loop's thread (rule 26).
            arrival.Post();
            return isDealtWith?.Invoke() ?? true;
        });
        if (old is not null)
        {
            Remove(old);
        }

        _handlers.Add(handler);
        return handler;
    }

    public bool Remove(SignalHandler handler)
    {
        handler.Subscription?.Dispose();
        handler.Subscription = null;
        return _handlers.Remove(handler);
    }

    // In the iteration after the wake: what comes now is one callback among others (rule 26).
    private void Deliver(PosixSignal signal)
    {
        if (Find(signal) is { } handler)
        {
            Loop.Enqueue(SignalHandler.Runner, handler, Loop.CallbackContext, handler.Flow);
        }
    }

    private void RemoveAll()
    {
        foreach (var handler in _handlers.ToArray())
        {
            Remove(handler);
        }
    }

    /// <summary>A signal on its way to the loop.</summary>
    private sealed class Arrival(LoopSignals signals, PosixSignal signal) : INamedWork
    {
        public string WorkName { get; } = SignalNumbers.NameOf(signal);

        public void Post()
        {
            if (signals.Loop.IsOnLoopThread)
            {
                signals.Loop.CallSoon(Come);
            }
            else
            {
                // A loop that is closing has no use for it any more.
                signals.Loop.TryCallSoonThreadSafe(Come);
            }
        }

        private void Come() => signals.Deliver(signal);
    }
}

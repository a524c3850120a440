using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// The signals of virtual time: nothing comes but what is raised, and it comes at once. A signal that nobody handles does
/// not end the process, as it would on a real machine: it is an error for who raises it. Any thread.
/// </summary>
public sealed class VirtualSignals : ISignalSource
{
    private readonly object _gate = new();

    // In the order of subscription.
    private readonly List<Subscription> _subscriptions = [];

    /// <inheritdoc/>
    public IDisposable Subscribe(PosixSignal signal, Func<bool> onSignal)
    {
        ArgumentNullException.ThrowIfNull(onSignal);
        SignalNumbers.RequireCatchable(signal);
        var subscription = new Subscription(this, SignalNumbers.Canonical(signal), onSignal);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
        }

        return subscription;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Nobody handles it, and it would end or stop a process.</exception>
    public void Raise(PosixSignal signal)
    {
        if (!TryRaise(signal))
        {
            throw new InvalidOperationException(
                $"{SignalNumbers.NameOf(signal)} was raised {Places.Here()}, and nobody handles it: on a real machine it would end or stop "
                + $"the process. Handle it with {nameof(EventLoopSignals.AddSignalHandler)} before it comes.");
        }
    }

    /// <returns>Whether somebody handles it, or it may be left alone.</returns>
    internal bool TryRaise(PosixSignal signal)
    {
        var raised = SignalNumbers.Canonical(signal);
        Subscription[] told;
        lock (_gate)
        {
            told = [.. _subscriptions.Where(subscription => subscription.Signal == raised)];
        }

        var isHandled = SignalNumbers.IsHarmless(raised);
        foreach (var subscription in told)
        {
            isHandled |= subscription.OnSignal();
        }

        return isHandled;
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }

    private sealed class Subscription(VirtualSignals source, PosixSignal signal, Func<bool> onSignal) : IDisposable
    {
        public PosixSignal Signal => signal;

        public Func<bool> OnSignal => onSignal;

        public void Dispose() => source.Remove(this);
    }
}

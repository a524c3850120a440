using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Sim.Core;

/// <summary>A listener made of one call that never blocks, as a <see cref="TriedConnection"/> is of two.</summary>
internal abstract class TriedListener(EventLoop loop, EndPoint local) : IListener
{
    private readonly WaitLine _line = new();
    private WaitWords? _reason;

    public EndPoint LocalEndPoint { get; } = local;

    protected EventLoop Loop { get; } = loop;

    protected bool IsDisposed { get; private set; }

    protected bool HasAcceptor => _line.Count > 0;

    public ValueTask<IConnection> AcceptAsync(CancellationToken cancellationToken = default)
    {
        Loop.CheckThread();
        if (IsDisposed)
        {
            throw new ObjectDisposedException(
                nameof(IListener), $"The listener at {LocalEndPoint} is asked {Places.Here()}, and was disposed before.");
        }

        Loop.CheckOpen();
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IConnection>(cancellationToken);
        }

        if (HasAcceptor)
        {
            throw new InvalidOperationException(
                $"Cannot accept at {LocalEndPoint} {Places.Here()}: another call waits for the same. One at a time: accept in one task, "
                + "and give each connection a task of its own.");
        }

        try
        {
            if (TryAccept(out var connection))
            {
                return new ValueTask<IConnection>(connection);
            }
        }
        catch (NetworkException error)
        {
            return ValueTask.FromException<IConnection>(error);
        }

        Watch();
        return new AcceptWait(Loop, this, _reason ??= new($"a connection to {LocalEndPoint}")).Begin(cancellationToken);
    }

    public void Dispose()
    {
        if (IsDisposed)
        {
            return;
        }

        Loop.CheckThread();
        IsDisposed = true;
        Release();
        if (!Loop.IsClosed)
        {
            OnArrival();
        }
    }

    public override string ToString() => $"listener at {LocalEndPoint}{(IsDisposed ? ", disposed" : "")}";

    /// <summary>Takes the next connection, if one is there.</summary>
    /// <exception cref="NetworkException">One is there and cannot be taken.</exception>
    protected abstract bool TryAccept([MaybeNullWhen(false)] out IConnection connection);

    /// <summary>None was there: <see cref="OnArrival"/> is to be called when that changes.</summary>
    protected abstract void Watch();

    /// <summary>Nobody waits any more.</summary>
    protected abstract void Unwatch();

    /// <summary>Lets go of everything. Called once.</summary>
    protected abstract void Release();

    protected void OnArrival() => _line.Wake(1);

    private sealed class AcceptWait(EventLoop loop, TriedListener listener, WaitWords reason)
        : NetworkWait<IConnection>(loop, reason, listener._line)
    {
        protected override bool TryFinish([MaybeNullWhen(false)] out IConnection result)
        {
            Line.Leave(this);
            if (listener.IsDisposed)
            {
                throw new ObjectDisposedException(
                    nameof(IListener),
                    $"The listener at {listener.LocalEndPoint} was disposed while an accept waited; noticed {Places.Here()}.");
            }

            if (listener.TryAccept(out result))
            {
                return true;
            }

            listener.Watch();
            return false;
        }

        protected override void GiveUp()
        {
            base.GiveUp();
            listener.Unwatch();
        }

        protected override void Recycle()
        {
        }
    }
}

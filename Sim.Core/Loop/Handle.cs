namespace Sim.Core;

/// <summary>
/// A callback that was scheduled to run soon; a small value, so that scheduling allocates nothing. Loop thread only,
/// except for a handle of <see cref="EventLoop.CallSoonThreadSafe(Action)"/>, which any thread may cancel.
/// </summary>
public readonly struct Handle : IEquatable<Handle>
{
    private readonly EventLoop? _loop;
    private readonly long _sequence;
    private readonly ThreadSafeCall? _call;

    internal Handle(EventLoop loop, long sequence) => (_loop, _sequence) = (loop, sequence);

    internal Handle(ThreadSafeCall call) => _call = call;

    /// <summary>Whether the callback still waits for its turn.</summary>
    public bool IsPending => _call?.IsPending ?? (_loop is not null && _loop.IsReady(_sequence));

    /// <summary>
    /// Keeps the callback from running and lets go of it. For a thread-safe call: after this returns, the callback has
    /// finished or will never run (rule 22).
    /// </summary>
    /// <returns>Whether this call prevented it: false when it has run, is running or was cancelled before.</returns>
    public bool Cancel() => _call?.Cancel() ?? (_loop is not null && _loop.CancelReady(_sequence));

    /// <summary>Whether both handles stand for the same scheduled callback.</summary>
    public static bool operator ==(Handle left, Handle right) => left.Equals(right);

    /// <summary>Whether the handles stand for different scheduled callbacks.</summary>
    public static bool operator !=(Handle left, Handle right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Handle other) =>
        ReferenceEquals(_loop, other._loop) && _sequence == other._sequence && ReferenceEquals(_call, other._call);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Handle other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _sequence.GetHashCode();
}

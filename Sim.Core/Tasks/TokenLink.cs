namespace Sim.Core;

/// <summary>
/// A cancellation token tied to a future for as long as somebody waits: the token cancels the future, and what its
/// awaiters get carries the token. Dispose it when the wait is over. Loop thread only; the token may be any thread's.
/// </summary>
internal readonly struct TokenLink : IDisposable
{
    private readonly CancellationTokenRegistration _registration;

    /// <summary>Ties them together; a token that is cancelled already cancels the future now.</summary>
    public TokenLink(Future future, CancellationToken token) =>
        _registration = token.CanBeCanceled ? token.UnsafeRegister(static (waiting, token) => Cancel((Future)waiting!, token), future) : default;

    /// <summary>Unties them. Does not wait for a callback of another thread, which may still reach the future: harmless when it is done.</summary>
    public void Dispose() => _registration.Unregister();

    // On a closed loop nobody waits any more.
    private static void Cancel(Future future, CancellationToken token) => future.Loop.CallHereOrSoon(() => future.CancelFor(token));
}

using System.Runtime.InteropServices;
using Sim.Clock;
using Sim.Core;

namespace Samples;

#region custom-poller
/// <summary>The poller that goes with a <see cref="FastClock"/>: it waits on the poller underneath, in that one's time.</summary>
public sealed class FastPoller(FastClock clock, IPoller inner) : IPoller
{
    /// <inheritdoc/>
    public bool UsesCompletions => inner.UsesCompletions;

    /// <inheritdoc/>
    public PollOutcome Poll(Instant? deadline, List<PollEvent> ready) =>
        inner.Poll(deadline is { } when ? clock.ToInner(when) : null, ready);

    /// <inheritdoc/>
    public void Wake() => inner.Wake();

    /// <inheritdoc/>
    public void Register(SafeHandle handle, PollInterest interest, object token) => inner.Register(handle, interest, token);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
#endregion

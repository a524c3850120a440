using System.Runtime.InteropServices;
using Sim.Clock;
using Sim.Core;

namespace Sim.World;

/// <summary>
/// The poller of a run with a limit of virtual time: does not wait beyond it. So who waits for what is told as it is, before time
/// goes on and wakes them. Loop thread only, except <see cref="Wake"/>.
/// </summary>
/// <param name="poller">Moves time.</param>
/// <param name="limit">How much of it there is.</param>
internal sealed class TimeLimitPoller(VirtualPoller poller, TimeSpan limit) : IPoller
{
    /// <summary>Makes the error for a run that would wait until then; null lets it wait.</summary>
    public Func<Instant, Exception>? Refusal { get; set; }

    public PollOutcome Poll(Instant? deadline, List<PollEvent> ready) =>
        deadline is { } when && when.SinceOrigin > limit && Refusal is { } refusal ? throw refusal(when) : poller.Poll(deadline, ready);

    public void Wake() => poller.Wake();

    public void Register(SafeHandle handle, PollInterest interest, object token) => poller.Register(handle, interest, token);

    public void Dispose() => poller.Dispose();
}

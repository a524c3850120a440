using Sim.Clock;
using Sim.Core;

namespace Sim.Hosting;

/// <summary>
/// The time of a host with a loop. A timer fires where it was made: one that is made on the loop belongs to the loop; one
/// that is made on any other thread is .NET's own, and its callback runs on the thread pool. If it were the loop's, code of
/// other threads would go on on the loop thread after its first delay, and could hold it up (decision 0026). Any thread.
/// </summary>
internal sealed class HostTimeProvider : TimeProvider
{
    private readonly EventLoop _loop;

    private HostTimeProvider(EventLoop loop) => _loop = loop;

    public override long TimestampFrequency => _loop.TimeProvider.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _loop.TimeProvider.LocalTimeZone;

    /// <summary>For a loop whose clock is not the machine's, its own provider: there is no other timer on that time line.</summary>
    public static TimeProvider Of(EventLoop loop) => loop.Clock is SystemClock ? new HostTimeProvider(loop) : loop.TimeProvider;

    public override DateTimeOffset GetUtcNow() => _loop.TimeProvider.GetUtcNow();

    public override long GetTimestamp() => _loop.TimeProvider.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
#pragma warning disable RS0030 // For threads that are not the loop's, the machine's timers are the right ones.
        (_loop.IsOnLoopThread ? _loop.TimeProvider : System).CreateTimer(callback, state, dueTime, period);
#pragma warning restore RS0030
}

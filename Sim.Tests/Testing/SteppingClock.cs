using Sim.Clock;

namespace Sim.Tests;

/// <summary>A clock that is a millisecond later each time it is asked.</summary>
internal sealed class SteppingClock : IClock
{
    private long _asked;

    public Instant Now => Instant.Zero + TimeSpan.FromMilliseconds(++_asked);

    public DateTimeOffset UtcNow => DateTimeOffset.UnixEpoch;
}

using Sim.Clock;

namespace Sim.Tests;

/// <summary>The system clock, counting how often it is read: a poller that spins instead of sleeping reads it all the time.</summary>
internal sealed class CountingClock : IClock
{
    public int Reads { get; private set; }

    public Instant Now
    {
        get
        {
            Reads++;
            return SystemClock.Instance.Now;
        }
    }

    public DateTimeOffset UtcNow => SystemClock.Instance.UtcNow;
}

namespace Sim.World;

/// <summary>The time that work takes, as values of a decision: 0 = none, then a microsecond to 100 seconds by powers of ten.</summary>
public static class WorkCost
{
    /// <summary>How many values there are.</summary>
    public const int Bound = 10;

    /// <summary>The time that a value stands for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such value.</exception>
    public static TimeSpan Of(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, Bound);
        var ticks = value == 0 ? 0 : TimeSpan.TicksPerMicrosecond;
        for (var i = 1; i < value; i++)
        {
            ticks *= 10;
        }

        return new TimeSpan(ticks);
    }
}

namespace Sim.Benchmarks;

/// <summary>How much there is to do, the same for everybody, and the generator of delays that everybody uses.</summary>
internal static class Sizes
{
    public const int Callbacks = 5_000_000, Chains = 1_000;

    public const int Timers = 1_000_000, LongestDelay = 1_000_000;

    public const int Sleepers = 10_000, Sleeps = 100, LongestSleep = 1_000;

    public const int Yielders = 1_000, Yields = 1_000;

    public const int Gathers = 50, Gathered = 10_000;

    public const int Messages = 1_000_000;

    public const ulong Seed = 42;

    /// <summary>The operations of a row.</summary>
    public static int Of(string row) => row switch
    {
        "W1" => Callbacks,
        "W2" => Timers,
        "W3" => Sleepers * Sleeps,
        "W4" => Yielders * Yields,
        "W5" => Gathers * Gathered,
        "W6" => Messages,
        _ => throw new ArgumentOutOfRangeException(nameof(row), row, "There is no such row."),
    };

    /// <summary>The next delay, from 1 to <paramref name="longest"/> milliseconds.</summary>
    public static int NextDelay(ref ulong state, int longest)
    {
        state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
        return 1 + (int)((state >> 33) % (ulong)longest);
    }
}

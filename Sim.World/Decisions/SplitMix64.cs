namespace Sim.World;

/// <summary>
/// The generator behind every seed: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014). Integers only; the same numbers on every machine and version. One thread at a time.
/// </summary>
public sealed class SplitMix64
{
    private ulong _state;

    /// <summary>A generator for <paramref name="seed"/>.</summary>
    public SplitMix64(long seed) => _state = unchecked((ulong)seed);

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            return Mix(_state += 0x9E3779B97F4A7C15UL);
        }
    }

    /// <summary>The generator's output function alone: numbers in a row give values that have nothing to do with each other.</summary>
    internal static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1, each with the same chance to within 2 to the power of -32.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is less than 1.</exception>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)((UInt128)Next() * (ulong)bound >> 64);
    }

    /// <inheritdoc cref="Below(int)"/>
    public long Below(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (long)((UInt128)Next() * (ulong)bound >> 64);
    }
}

using System.Numerics;

namespace Sim.Benchmarks;

/// <summary>How long requests took, counted in classes of about 3 % width, so that counting costs next to nothing.</summary>
internal sealed class EchoLatencies
{
    // 32 classes between each power of two and the next.
    private const int Bits = 5;

    private readonly long[] _counts = new long[64 << Bits];
    private long _count;

    public void Add(long nanoseconds)
    {
        _counts[Class(nanoseconds)]++;
        _count++;
    }

    public void Add(EchoLatencies others)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += others._counts[i];
        }

        _count += others._count;
    }

    /// <summary>The latency in microseconds that so many of a thousand requests did not exceed.</summary>
    public double Microseconds(int permille)
    {
        var (at, passed) = (0, _counts[0]);
        while (passed * 1000 < _count * permille && at < _counts.Length - 1)
        {
            passed += _counts[++at];
        }

        return Bound(at) / 1000.0;
    }

    private static int Class(long nanoseconds)
    {
        var value = (ulong)Math.Max(nanoseconds, 1L << Bits);
        var power = BitOperations.Log2(value);
        return ((power - Bits) << Bits) + (int)(value >> (power - Bits)) - (1 << Bits);
    }

    private static double Bound(int place) => ((1 << Bits) + (place & ((1 << Bits) - 1)) + 1) * Math.Pow(2, place >> Bits);
}

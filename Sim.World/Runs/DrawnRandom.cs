using Sim.Core;

namespace Sim.World;

/// <summary>
/// A <see cref="Random"/> whose every number is a decision of the run: recorded, replayed, and shrunk towards 0. For
/// libraries that take one, such as retries with jitter. Loop thread only.
/// </summary>
/// <param name="loop">The loop whose scheduler draws.</param>
/// <param name="label">The label of the draws.</param>
#pragma warning disable RS0030 // The base class wants a seed; every member that would use it is overridden.
internal sealed class DrawnRandom(EventLoop loop, string label) : Random(0)
#pragma warning restore RS0030
{
    public override int Next() => loop.Draw(label, int.MaxValue);

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return maxValue == 0 ? 0 : loop.Draw(label, maxValue);
    }

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)NextInt64(minValue, maxValue);
    }

    public override long NextInt64() => NextInt64(long.MaxValue);

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        var range = unchecked((ulong)(maxValue - minValue));
        if (range == 0)
        {
            return minValue;
        }

        // Two draws for a range wider than one draw can tell apart.
        return range <= int.MaxValue
            ? minValue + loop.Draw(label, (int)range)
            : unchecked(minValue + (long)(DrawWide() % range));
    }

    // The only floating point number made from a decision; it is a view for the caller, no decision depends on it.
    public override double NextDouble() => loop.Draw(label, int.MaxValue) / (double)int.MaxValue;

    public override float NextSingle() => loop.Draw(label, 1 << 24) / (float)(1 << 24);

    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref var value in buffer)
        {
            value = (byte)loop.Draw(label, 256);
        }
    }

    private ulong DrawWide() => ((ulong)(uint)loop.Draw(label, int.MaxValue) << 33) ^ ((ulong)(uint)loop.Draw(label, int.MaxValue) << 2);

    protected override double Sample() => NextDouble();
}

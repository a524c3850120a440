namespace Sim.Core;

/// <summary>
/// A length of time as kernels take it: struct timespec of every 64-bit Linux, macOS and FreeBSD, with seconds (time_t) and
/// nanoseconds (long) of eight bytes each.
/// </summary>
/// <param name="ticks">Of 100 ns; not negative.</param>
internal readonly struct KernelTime(long ticks)
{
    public readonly long Seconds = ticks / TimeSpan.TicksPerSecond;
    public readonly long Nanoseconds = ticks % TimeSpan.TicksPerSecond * 100;
}

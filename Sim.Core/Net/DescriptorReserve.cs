using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// The last descriptors of this process, which a listener leaves alone: a thread that .NET starts takes two, and without them it
/// ends the process ("Out of memory"). The thread that brings a SIGTERM is such a one. Known on Linux only; elsewhere nothing is
/// kept. Loop thread only.
/// </summary>
internal sealed class DescriptorReserve
{
    // A pipe, as of .NET 10.
    private const int Wanted = 2;

    // So near to the limit it is worth a few calls to know.
    private const int Near = 16;

    private readonly int _limit = OperatingSystem.IsLinux() ? LinuxNative.DescriptorLimit() : int.MaxValue;
    private readonly int _kept;
    private bool _isNear = true;

    /// <summary>Where there is next to nothing left to begin with, less is kept: one guest at least finds room.</summary>
    /// <param name="any">A descriptor.</param>
    public DescriptorReserve(SafeHandle any) => _kept = Math.Clamp(CountFree(any) - 1, 0, Wanted);

    /// <summary>The kernel gave this number, which is the lowest one that was free.</summary>
    public void Note(SafeHandle descriptor) => _isNear = descriptor.DangerousGetHandle() >= _limit - Near;

    /// <summary>Whether there is one more than those that are kept.</summary>
    public bool HasMore(SafeHandle any) => CountFree(any) > _kept;

    // Up to one more than is wanted. Far from the limit there is no need to look.
    private unsafe int CountFree(SafeHandle any)
    {
        if (!_isNear || _limit == int.MaxValue)
        {
            return Wanted + 1;
        }

        var taken = stackalloc int[Wanted + 1];
        var count = 0;
        while (count <= Wanted && (taken[count] = LinuxNative.Duplicate(any, LinuxNative.DuplicateCloseOnExec, 0)) >= 0)
        {
            count++;
        }

        _isNear = count <= Wanted || taken[Wanted] >= _limit - Near;
        for (var place = 0; place < count; place++)
        {
            _ = LinuxNative.Close(taken[place]);
        }

        return count;
    }
}

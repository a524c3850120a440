using System.Runtime.InteropServices;

namespace Sim.Conformance;

/// <summary>A descriptor that exists only in a program: it becomes ready by a pulse.</summary>
internal sealed class PulseHandle : SafeHandle
{
    public PulseHandle(long number)
        : base(-1, ownsHandle: false) => SetHandle((nint)number);

    public override bool IsInvalid => false;

    protected override bool ReleaseHandle() => true;
}

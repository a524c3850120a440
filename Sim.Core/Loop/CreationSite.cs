using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>
/// The place in the code where a task was created: the first method on the stack that is neither the platform's nor this library's.
/// Taken down as a method and an offset, for a microsecond or some; the line is looked up when a report asks for it.
/// </summary>
internal sealed class CreationSite
{
    private readonly MethodBase _method;
    private readonly int _offset;

    private CreationSite(MethodBase method, int offset)
    {
        _method = method;
        _offset = offset;
    }

    /// <summary>The place from which this is called; null where no code but the library's is on the stack.</summary>
    // A compiler that looks into this to inline it loads an assembly, which costs a process that is short of descriptors its last ones.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static CreationSite? Here()
    {
        var stack = new StackTrace(fNeedFileInfo: false);
        for (var i = 0; i < stack.FrameCount; i++)
        {
            if (stack.GetFrame(i) is { } frame && frame.GetMethod() is { DeclaringType: { } type } method && !CodeNames.IsOurs(type))
            {
                return new CreationSite(method, frame.GetILOffset());
            }
        }

        return null;
    }

    /// <summary>As in " (Orders.cs:12)"; empty where no symbols tell.</summary>
    public override string ToString() => AwaitSymbols.Find(_method, _offset) is { } place ? $" ({place})" : "";
}

using System.Diagnostics;
using Sim.Core;

namespace Sim.World;

/// <summary>The place in the user's code that called into the platform: for messages only.</summary>
internal static class CallSite
{
    /// <summary>The first frame of this thread's stack that is neither the platform's nor this library's, with its line.</summary>
    public static string Find()
    {
        foreach (var frame in new StackTrace(1, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { } type } method && !IsOurs(type.Assembly.GetName().Name!))
            {
                var file = frame.GetFileName();
                return CodeNames.OfMethod(method) + (file is null ? "" : $" ({Path.GetFileName(file)}:{frame.GetFileLineNumber()})");
            }
        }

        return "Code without symbols";
    }

    private static bool IsOurs(string assembly) =>
        assembly.StartsWith("System.", StringComparison.Ordinal) || assembly is "Sim.Clock" or "Sim.Core" or "Sim.World" or "Sim.Testing";
}

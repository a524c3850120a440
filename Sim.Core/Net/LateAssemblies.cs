using System.Runtime.CompilerServices;

namespace Sim.Core;

/// <summary>
/// What serving takes of the base library beyond listening. An assembly needs a descriptor when it is first used, and one that found
/// none stays missing: .NET does not look again. So it is loaded before the first guest comes, who may come with all the others.
/// </summary>
internal static class LateAssemblies
{
    /// <summary>Loads them, the first time. Any thread.</summary>
    // A method is compiled when it is first called, and with it comes the assembly of the type that it names.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Type Load() => typeof(MemoryExtensions);
}

using System.Diagnostics;

namespace Sim.Testing.NUnit;

/// <summary>The real debugger.</summary>
internal sealed class SystemDebugger : IDebuggerPort
{
    public static SystemDebugger Instance { get; } = new();

    public bool IsAttached => Debugger.IsAttached;

    public void Break() => Debugger.Break();
}

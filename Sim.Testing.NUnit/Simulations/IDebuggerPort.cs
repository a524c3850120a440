namespace Sim.Testing.NUnit;

/// <summary>The debugger of this process, if there is one.</summary>
internal interface IDebuggerPort
{
    /// <summary>Whether one is attached.</summary>
    bool IsAttached { get; }

    /// <summary>Stops in it, where this is called.</summary>
    void Break();
}

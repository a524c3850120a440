namespace Sim.Tests;

/// <summary>On which time a loop runs.</summary>
public enum LoopKind
{
    /// <summary>Virtual clock, virtual poller.</summary>
    Virtual,

    /// <summary>System clock, this platform's poller.</summary>
    Real,
}

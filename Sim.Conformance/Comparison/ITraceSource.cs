namespace Sim.Conformance;

/// <summary>What runs programs: a loop under test, or the oracle.</summary>
internal interface ITraceSource
{
    /// <summary>Their traces, in their order.</summary>
    IReadOnlyList<ProgramTrace> Run(IReadOnlyList<ConformanceProgram> programs);
}

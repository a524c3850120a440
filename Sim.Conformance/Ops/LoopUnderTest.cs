namespace Sim.Conformance;

/// <summary>The loop of Sim.Core.</summary>
internal sealed class LoopUnderTest : ITraceSource
{
    public IReadOnlyList<ProgramTrace> Run(IReadOnlyList<ConformanceProgram> programs) => [.. programs.Select(Run)];

    public static ProgramTrace Run(ConformanceProgram program) => new(program.Id, Machine.Run(program, OpFamilies.All));
}

using Sim.Conformance;

namespace Sim.Tests;

/// <summary>A loop with a planted bug, so that there is a difference to find: one of its operations does nothing.</summary>
internal sealed class ForgetfulLoop(string forgotten) : ITraceSource
{
    public IReadOnlyList<ProgramTrace> Run(IReadOnlyList<ConformanceProgram> programs) => [.. programs.Select(program =>
    {
        var json = program.Json.Replace($"\"op\":\"{forgotten}\"", "\"op\":\"log\",\"v\":\"forgotten\"", StringComparison.Ordinal);
        return LoopUnderTest.Run(ProgramReader.Read(json, "forgetful", OpFamilies.All.Forms).Single());
    })];
}

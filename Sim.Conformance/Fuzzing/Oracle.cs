namespace Sim.Conformance;

/// <summary>CPython's asyncio on a virtual clock: the script beside this assembly, run by an interpreter.</summary>
internal sealed class Oracle(Python python) : ITraceSource
{
    private static readonly string _script = Path.Combine(AppContext.BaseDirectory, "Oracle", "asyncio_oracle.py");

    public IReadOnlyList<ProgramTrace> Run(IReadOnlyList<ConformanceProgram> programs)
    {
        var output = python.RunScript(_script, string.Join('\n', programs.Select(program => program.Json)));
        var traces = TraceFile.Read(output, "the oracle's output");
        return traces.Count == programs.Count
            ? traces
            : throw new ToolException($"The oracle has {traces.Count} traces for {programs.Count} programs.");
    }
}

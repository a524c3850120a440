namespace Sim.Conformance;

/// <summary>Who runs an operation.</summary>
/// <param name="Machine">The program's run.</param>
/// <param name="Who">The name in the trace.</param>
/// <param name="Me">The number of the task; -1 in callbacks and before the loop runs.</param>
internal sealed record Frame(Machine Machine, string Who, int Me)
{
    /// <summary>How many procs have joined each other to get here.</summary>
    public int Depth { get; init; }

    public void Out(string where, string text) => Machine.Out(Who, where, text);
}

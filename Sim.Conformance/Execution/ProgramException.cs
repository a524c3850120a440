namespace Sim.Conformance;

/// <summary>The error that a program raises by itself.</summary>
/// <param name="number">Which one; printed as <c>Err(n)</c>.</param>
internal sealed class ProgramException(long number) : Exception($"Error {number} of the program.")
{
    public long Number => number;
}

namespace Sim.Testing;

/// <summary>A static that a run has changed.</summary>
/// <param name="Path">Where it is: <c>Bank._nextId</c>.</param>
/// <param name="Before">What it held.</param>
/// <param name="After">What it holds.</param>
internal sealed record StaticChange(string Path, string Before, string After)
{
    /// <summary>As in <c>static Bank._nextId: 3, then 4</c>.</summary>
    public override string ToString() => $"static {Path}: {Before}, then {After}";
}

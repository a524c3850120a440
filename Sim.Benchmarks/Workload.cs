namespace Sim.Benchmarks;

/// <summary>Something to measure: so many operations at once.</summary>
/// <param name="Row">Its row, <c>S1</c>.</param>
/// <param name="Name">What it does.</param>
/// <param name="Operations">How many operations one call makes.</param>
/// <param name="Run">Makes them.</param>
internal sealed record Workload(string Row, string Name, int Operations, Action Run);

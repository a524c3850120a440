namespace Sim.Conformance;

/// <summary>The program has made more iterations than any program of the format needs.</summary>
internal sealed class LivelockException() : Exception($"More than {PulsePoller.MostIterations} iterations.");

namespace Sim.Core;

/// <summary>Something of a loop's networks that is open.</summary>
/// <param name="What">What it is, by its text.</param>
/// <param name="Descriptor">What to dispose with the loop; null = nothing of the machine.</param>
internal readonly record struct OpenEnd(object What, IDisposable? Descriptor);

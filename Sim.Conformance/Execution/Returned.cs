namespace Sim.Conformance;

/// <summary>A proc that returns from inside of blocks leaves them with this, without an exception.</summary>
internal sealed record Returned(object? Value);

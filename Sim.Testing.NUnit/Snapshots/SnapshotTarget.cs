namespace Sim.Testing.NUnit;

/// <summary>One text to compare, normalized, and what tells its files apart from those of the same test.</summary>
/// <param name="Extension">Of the file, without dot.</param>
/// <param name="Text">As it is written and compared.</param>
/// <param name="Name">Follows <c>#</c> in the file's name; null = no name.</param>
internal sealed record SnapshotTarget(string Extension, string Text, string? Name = null);

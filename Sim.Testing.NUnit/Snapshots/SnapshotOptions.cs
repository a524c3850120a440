namespace Sim.Testing.NUnit;

/// <summary>What a verification may ask for beyond names. The default asks for nothing.</summary>
/// <param name="SharesPrefix">Whether the prefix may be used more than once.</param>
/// <param name="HidesDiff">Whether no diff tool comes up.</param>
internal readonly record struct SnapshotOptions(bool SharesPrefix, bool HidesDiff);

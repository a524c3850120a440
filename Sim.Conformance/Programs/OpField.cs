namespace Sim.Conformance;

/// <summary>A field that an operation has.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Kind">What stands in it.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
internal sealed record OpField(string Name, FieldKind Kind, bool IsOptional);

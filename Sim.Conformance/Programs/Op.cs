namespace Sim.Conformance;

/// <summary>One operation of a program, its fields read and checked.</summary>
internal sealed class Op(OpForm form, IReadOnlyDictionary<string, object?> fields)
{
    public string Name => form.Name;

    public OpShape Shape => form.Shape;

    public bool Has(string field) => fields.ContainsKey(field);

    public object? Value(string field) => fields.GetValueOrDefault(field);

    public long Number(string field) => (long)fields[field]!;

    public long? NumberOrNull(string field) => (long?)Value(field);

    /// <summary>The number of a proc, a callback or an object.</summary>
    public int Index(string field) => (int)Number(field);

    public string Text(string field) => (string)fields[field]!;

    public string? TextOrNull(string field) => (string?)Value(field);

    public bool Flag(string field) => Value(field) is true;

    public IReadOnlyList<string> Names(string field) => (string[])fields[field]!;

    public IReadOnlyList<Op> Body(string field) => (Op[]?)Value(field) ?? [];
}

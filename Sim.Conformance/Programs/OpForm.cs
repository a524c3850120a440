namespace Sim.Conformance;

/// <summary>How an operation is written: its name, its shape and its fields.</summary>
internal sealed class OpForm
{
    /// <summary>A form from its short notation: <c>p:Proc f?:Name</c>, a question mark after what may be left out.</summary>
    public OpForm(string name, OpShape shape, string fields)
    {
        Name = name;
        Shape = shape;
        Fields =
        [
            .. fields.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split(':')).Select(parts =>
                new OpField(parts[0].TrimEnd('?'), Enum.Parse<FieldKind>(parts[1]), parts[0].EndsWith('?'))),
        ];
    }

    public string Name { get; }

    public OpShape Shape { get; }

    public IReadOnlyList<OpField> Fields { get; }
}

namespace Sim.Conformance;

/// <summary>The operations there are, by name. Each family adds its own.</summary>
internal sealed class OpCatalog
{
    private readonly Dictionary<string, OpEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpForm> _forms = new(StringComparer.Ordinal);

    /// <summary>How operations are written, for the parser.</summary>
    public IReadOnlyDictionary<string, OpForm> Forms => _forms;

    public OpEntry this[Op op] => _entries[op.Name];

    public void Sync(string name, string fields, Func<Frame, Op, object?> run) =>
        Add(new OpEntry(new OpForm(name, OpShape.Sync, fields)) { Sync = run });

    public void Awaiting(string name, string fields, Func<Frame, Op, ValueTask<object?>> run) =>
        Awaiting(name, fields, (frame, op, _) => run(frame, op));

    public void Awaiting(string name, string fields, Func<Frame, Op, string, ValueTask<object?>> run) =>
        Add(new OpEntry(new OpForm(name, OpShape.Awaiting, fields)) { Awaiting = run });

    public void Block(string name, string fields, Func<Frame, Op, string, ValueTask<Returned?>> run, OpShape shape = OpShape.Block) =>
        Add(new OpEntry(new OpForm(name, shape, fields)) { Block = run });

    private void Add(OpEntry entry)
    {
        _entries.Add(entry.Form.Name, entry);
        _forms.Add(entry.Form.Name, entry.Form);
    }
}

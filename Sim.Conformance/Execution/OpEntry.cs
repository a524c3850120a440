namespace Sim.Conformance;

/// <summary>An operation: how it is written and what it does. One of the delegates is set, by shape.</summary>
/// <param name="Form">How it is written.</param>
internal sealed record OpEntry(OpForm Form)
{
    /// <summary>Runs it at once; gives the value for the trace.</summary>
    public Func<Frame, Op, object?>? Sync { get; init; }

    /// <summary>Runs it with waiting; gives the value for the trace. The text is its place.</summary>
    public Func<Frame, Op, string, ValueTask<object?>>? Awaiting { get; init; }

    /// <summary>Runs a block; not null when the proc returns from inside. The text is its place.</summary>
    public Func<Frame, Op, string, ValueTask<Returned?>>? Block { get; init; }
}

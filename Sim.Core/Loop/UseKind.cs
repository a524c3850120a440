namespace Sim.Core;

/// <summary>How a step uses a part of the machinery: a future, a task, a primitive. Two uses of one thing by different steps
/// depend on their order unless both look, or both count.</summary>
public enum UseKind
{
    /// <summary>Looks at it, or waits for it.</summary>
    Look,

    /// <summary>Changes it.</summary>
    Change,

    /// <summary>Ends it: what was done before is known to everybody who takes the outcome.</summary>
    Finish,

    /// <summary>Takes the outcome of what has ended.</summary>
    Take,

    /// <summary>Counts towards an end that comes with the last: in any order with others that count.</summary>
    Count,

    /// <summary>Decides by coming first: which of several failures is told. An operation, as a write.</summary>
    Decide,

    /// <summary>User code sees that it has not ended. An operation that differs by what was seen.</summary>
    SeePending,

    /// <summary>User code sees that it has ended.</summary>
    SeeEnded,

    /// <summary>Is the last to count, whoever that happens to be, and knows what was done before by all who counted.</summary>
    Total,
}

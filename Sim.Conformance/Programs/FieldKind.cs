namespace Sim.Conformance;

/// <summary>What stands in a field of an operation.</summary>
internal enum FieldKind
{
    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A whole number, or null for never.</summary>
    NumberOrNull,

    /// <summary>Any value of a program: a whole number, a text, true, false, null or a list of these.</summary>
    Value,

    /// <summary>The name of a register.</summary>
    Name,

    /// <summary>Names of registers.</summary>
    Names,

    /// <summary>The names of kinds of exceptions, or a star.</summary>
    Kinds,

    /// <summary>0, 1, true or false.</summary>
    Flag,

    /// <summary>A list of operations.</summary>
    Body,

    /// <summary>One of the words for when a wait is over.</summary>
    ReturnWhen,

    /// <summary>r, w or rw.</summary>
    Directions,

    /// <summary>The number of a proc.</summary>
    Proc,

    /// <summary>The number of a callback.</summary>
    Func,

    /// <summary>The number of a lock.</summary>
    Lock,

    /// <summary>The number of an event.</summary>
    Event,

    /// <summary>The number of a semaphore.</summary>
    Semaphore,

    /// <summary>The number of a condition.</summary>
    Condition,

    /// <summary>The number of a barrier.</summary>
    Barrier,

    /// <summary>The number of a queue.</summary>
    Queue,
}

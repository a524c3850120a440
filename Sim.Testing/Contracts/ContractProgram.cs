namespace Sim.Testing;

/// <summary>A program that the cases of <see cref="ProcessContract"/> start.</summary>
public enum ContractProgram
{
    /// <summary>Writes what it reads, to its end, and ends with code 7.</summary>
    Copy,

    /// <summary>Reads nothing, writes "hello", "oops" as an error, and ends with code 0.</summary>
    Speak,

    /// <summary>Reads nothing, writes nothing, and does not end; a signal ends it.</summary>
    Idle,

    /// <summary>Writes a million bytes and ends with code 0.</summary>
    Flood,
}

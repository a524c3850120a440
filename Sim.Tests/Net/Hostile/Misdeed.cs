namespace Sim.Tests;

/// <summary>What a hostile peer does after it has sent a part of what it should.</summary>
internal enum Misdeed
{
    /// <summary>Breaks the connection off.</summary>
    Reset,

    /// <summary>Closes, with answers unread.</summary>
    Close,

    /// <summary>Ends its direction, and reads on.</summary>
    HalfClose,

    /// <summary>Does nothing more, and keeps the connection.</summary>
    Stall,

    /// <summary>Sends bytes that make no sense, and reads on.</summary>
    Garbage,

    /// <summary>Asks again and again, and reads nothing.</summary>
    Deafness,
}

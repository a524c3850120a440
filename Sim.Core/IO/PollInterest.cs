namespace Sim.Core;

/// <summary>Which kinds of readiness of a handle are asked for, or have been found.</summary>
[Flags]
public enum PollInterest
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A read would not block: data, a connection to accept, the end of the stream, or an error.</summary>
    Read = 1,

    /// <summary>A write would not block: room in the buffer, a finished connect, or an error.</summary>
    Write = 2,
}

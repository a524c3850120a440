namespace Sim.World;

/// <summary>So many calls of a history overlap that it cannot be checked within the limit.</summary>
public sealed class HistoryTooBroadException : Exception
{
    /// <summary>An error with a message.</summary>
    public HistoryTooBroadException(string message)
        : base(message)
    {
    }
}

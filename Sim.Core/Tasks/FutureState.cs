namespace Sim.Core;

/// <summary>Where a future stands.</summary>
public enum FutureState
{
    /// <summary>Not done.</summary>
    Pending,

    /// <summary>Done, with a result.</summary>
    Succeeded,

    /// <summary>Done, with an exception.</summary>
    Failed,

    /// <summary>Done, cancelled.</summary>
    Cancelled,
}

namespace Sim.Core;

/// <summary>How a wait ended.</summary>
public enum PollOutcome
{
    /// <summary>Something is ready, the deadline has come, somebody called <see cref="IPoller.Wake"/>, or the wait ended early.</summary>
    Continue,

    /// <summary>There is nothing to wait for: no deadline, no handle that could become ready, nobody who could wake.</summary>
    Stalled,
}

using Sim.Clock;

namespace Sim.World;

/// <summary>When something in a history happened.</summary>
/// <param name="Order">Its place in the history: every invocation and every response has another, rising from 0.</param>
/// <param name="Step">In which step of the run; 0 outside of one.</param>
/// <param name="Time">At which virtual time.</param>
public readonly record struct HistoryMoment(int Order, long Step, Instant Time);

using System.Collections.Immutable;

namespace Sim.World;

/// <summary>
/// What several tasks called and what came of it, as a sequence of invocations and responses (Herlihy and Wing,
/// "Linearizability: a correctness condition for concurrent objects", TOPLAS 1990). Immutable.
/// </summary>
/// <param name="Calls">The calls, in the order of their invocations.</param>
/// <param name="IsQuiescent">
/// Whether nothing was going on any more at its end. Then a call without a response has done nothing and waits for something that
/// did not come: if the model says that it need not wait, that is a bug too. Otherwise such a call may or may not have taken effect.
/// </param>
public sealed record History(ImmutableArray<Call> Calls, bool IsQuiescent = false)
{
    /// <summary>Those who called, in the order of their first invocations.</summary>
    public IEnumerable<string> Tasks => Calls.Select(static call => call.Task).Distinct();

    /// <summary>Each call in a line.</summary>
    public override string ToString() => string.Join('\n', Calls);
}

using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>A step of a timeline with all that happens during it. A step takes no virtual time.</summary>
/// <param name="Number">Which step, as in the trace; 0 = before the first.</param>
/// <param name="Key">Whose it is, and which of his.</param>
/// <param name="Lane">The number of its lane, from 0.</param>
/// <param name="Time">When it begins, in virtual time.</param>
/// <param name="Phase">What it is in the life of who takes it.</param>
/// <param name="Text">How it begins, as in the trace, but without its cause; empty for what is no step.</param>
/// <param name="Cause">The number of the step that made it ready; 0 = none did.</param>
/// <param name="Events">What happens during it, its own beginning first.</param>
public sealed record TimelineStep(
    long Number, StepKey Key, int Lane, Instant Time, StepPhase Phase, string Text, long Cause, IReadOnlyList<TimelineEvent> Events)
{
    /// <summary>What was decided here other than first in, first out: a sentence for each decision.</summary>
    public IReadOnlyList<string> Decisions { get; init; } = [];

    /// <summary>
    /// The async methods in which it goes on, the innermost first, with file and line of the await, where an explanation knows them.
    /// </summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>What it touches that others may touch too, where an explanation knows it.</summary>
    public IReadOnlyList<Access> Accesses { get; init; } = [];

    /// <summary>Whether it is one of those whose order decides between failing and holding.</summary>
    public bool Decides { get; init; }
}

using Sim.Clock;

namespace Sim.Core;

/// <summary>One thing that happened in a loop.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Time">When, in loop time.</param>
/// <param name="Step">The number of the callback during which it happened; 0 = outside of any.</param>
/// <param name="Context">The task or callback context in which it happened, if any.</param>
/// <param name="Sequence">For <see cref="LoopEventKind.Ready"/> and <see cref="LoopEventKind.Step"/>: the ready number.</param>
/// <param name="Subject">What it happened to, where that is not the context.</param>
/// <param name="Text">Further words, the same in every run.</param>
public readonly record struct LoopEvent(
    LoopEventKind Kind, Instant Time, long Step, LoopContext? Context, long Sequence, object? Subject, string? Text);

namespace Sim.Testing;

/// <summary>An arrow of a timeline, from a step to one that it has made ready. It points forwards.</summary>
/// <param name="From">The number of the step it comes from; 0 = before the first.</param>
/// <param name="To">The number of the step it leads to, greater than <paramref name="From"/>.</param>
/// <param name="Kind">How it leads there.</param>
public readonly record struct TimelineArrow(long From, long To, ArrowKind Kind);

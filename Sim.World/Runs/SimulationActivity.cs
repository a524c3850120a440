using System.Diagnostics;
using Sim.Clock;

namespace Sim.World;

/// <summary>An activity of .NET that a simulated run has started and stopped. Immutable.</summary>
/// <param name="Source">The name of its <see cref="ActivitySource"/>.</param>
/// <param name="Name">Its operation name.</param>
/// <param name="Parent">The operation name of the activity that was current when it began; null if there was none.</param>
/// <param name="Start">When it began, in virtual time.</param>
/// <param name="End">When it ended, in virtual time.</param>
/// <param name="Status">How it ended, as far as it says.</param>
/// <param name="Tags">Its tags, in the order in which they were set.</param>
public sealed record SimulationActivity(
    string Source,
    string Name,
    string? Parent,
    Instant Start,
    Instant End,
    ActivityStatusCode Status,
    IReadOnlyList<KeyValuePair<string, object?>> Tags);

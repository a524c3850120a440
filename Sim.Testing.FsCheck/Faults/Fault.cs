using System.Globalization;
using Sim.Clock;

namespace Sim.Testing.FsCheck;

/// <summary>One fault of a plan: what befalls which call. Immutable.</summary>
/// <param name="Call">The name of the call; null = whatever its name.</param>
/// <param name="Number">Which call of this name it is in a run, from 1.</param>
/// <param name="Kind">What befalls it.</param>
/// <param name="Delay">How late it comes, if it is slow.</param>
public sealed record Fault(string? Call, int Number, FaultKind Kind, TimeSpan Delay)
{
    /// <summary>For example <c>charge 2 fails</c>, or <c>call 1 is 30ms late</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Call ?? "call"} {Number} ") + Kind switch
    {
        FaultKind.Slow => $"is {Durations.Format(Delay)} late",
        FaultKind.Fails => "fails",
        _ => "is lost",
    };
}

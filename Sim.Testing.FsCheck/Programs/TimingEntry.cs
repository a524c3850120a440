using System.Globalization;
using Sim.Clock;

namespace Sim.Testing.FsCheck;

/// <summary>One line of the log of a <see cref="TimingProgram"/>.</summary>
/// <param name="Who">The task or callback: <c>main</c>, <c>task3</c>, <c>callback4</c>.</param>
/// <param name="What">What it did or what became of it.</param>
/// <param name="Time">When, since the program was started, on the loop's time line.</param>
/// <param name="Iteration">In which iteration of the loop since then.</param>
public sealed record TimingEntry(string Who, string What, TimeSpan Time, long Iteration)
{
    /// <summary>One line: when, in which iteration, who, what.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Durations.Format(Time)} i{Iteration} {Who}: {What}");
}

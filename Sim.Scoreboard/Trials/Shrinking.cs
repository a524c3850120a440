using System.Diagnostics;
using Sim.World;

namespace Sim.Scoreboard;

/// <summary>What shrinking made of a failure.</summary>
/// <param name="Before">How many decisions deviated from first in first out when it was found.</param>
/// <param name="After">How many of them it takes.</param>
/// <param name="IsMinimal">Whether none of these can go.</param>
/// <param name="Runs">How many runs it took.</param>
/// <param name="Elapsed">How long, on this machine.</param>
internal readonly record struct Shrinking(int Before, int After, bool IsMinimal, int Runs, TimeSpan Elapsed)
{
    /// <summary>Shrinks the failing run of the first trial that found the bug; null if none did.</summary>
    public static Shrinking? Of(IBugProgram program, IStrategyFamily family, RunProfile profile, IReadOnlyList<TrialResult> trials)
    {
        for (var number = 0; number < trials.Count; number++)
        {
            if (trials[number].Found)
            {
                var found = Trial.RunOnce(program, Trial.StrategyOf(family, profile, number, trials[number].Schedules));
                var start = Stopwatch.GetTimestamp();
                var shrinker = new Shrinker((strategy, records) => Trial.RunOnce(program, strategy, records));
                var shrunk = shrinker.Shrink(found);
                return new Shrinking(
                    found.Script.Count, shrunk.Script.Count, shrinker.IsMinimal, shrinker.Runs, Stopwatch.GetElapsedTime(start));
            }
        }

        return null;
    }
}

using System.Diagnostics;
using Sim.World;

namespace Sim.Scoreboard;

/// <summary>Schedules of one program by one strategy, until its bug shows.</summary>
internal static class Trial
{
    private static readonly SimulationOptions _options = new() { Records = false, WatchThreadPool = false, Patience = TimeSpan.Zero };

    /// <param name="program">The program.</param>
    /// <param name="family">The strategy.</param>
    /// <param name="profile">What its counting run has shown.</param>
    /// <param name="number">Which trial it is, from 0: its seeds.</param>
    /// <param name="cap">When to give up.</param>
    public static TrialResult Run(IBugProgram program, IStrategyFamily family, RunProfile profile, int number, int cap)
    {
        var start = Stopwatch.GetTimestamp();
        for (var schedule = 1; schedule <= cap; schedule++)
        {
            if (ShowsTheBug(program, StrategyOf(family, profile, number, schedule)))
            {
                return new TrialResult(true, schedule, Stopwatch.GetElapsedTime(start));
            }
        }

        return new TrialResult(false, cap, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>The strategy of one schedule. Rising seeds, as in a campaign: a portfolio takes its members in turn by them.</summary>
    public static IStrategy StrategyOf(IStrategyFamily family, RunProfile profile, int number, int schedule) =>
        family.Create(((long)number << 32) + schedule, profile);

    /// <summary>One run.</summary>
    public static RunReport RunOnce(IBugProgram program, IStrategy strategy, bool records = false) =>
        Simulation.Run(program.RunAsync, _options with { Strategy = strategy, Records = records });

    /// <summary>The counting run, from which strategies take their estimates. It counts as no schedule, also if it fails.</summary>
    public static RunProfile Learn(IBugProgram program)
    {
        var counter = new ProfilingStrategy();
        ShowsTheBug(program, counter);
        return counter.ToProfile();
    }

    /// <summary>Whether one run fails as the program is meant to.</summary>
    /// <exception cref="ScoreboardException">It fails in another way.</exception>
    public static bool ShowsTheBug(IBugProgram program, IStrategy strategy)
    {
        var failure = RunOnce(program, strategy).Failure;
        return failure switch
        {
            null => false,
            { Kind: FailureKind.Stalled } or { Exception: BugFoundException } => true,
            _ => throw new ScoreboardException($"{program.Name} failed by {strategy.Name}, and not by its bug: {failure.Exception}"),
        };
    }
}

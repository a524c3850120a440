using Sim.World;

namespace Sim.Testing;

/// <summary>What became of a replay.</summary>
/// <param name="Line">What was replayed.</param>
/// <param name="Run">The run.</param>
/// <param name="Mismatch">The first recorded decision that did not match, as a sentence; null when all did.</param>
public sealed record ReplayReport(ReplayLine Line, RunReport Run, string? Mismatch)
{
    /// <summary>Whether the trace is the recorded one, event for event.</summary>
    public bool IsIdentical => Run.Trace.Hash.Equals(Line.TraceHash, StringComparison.Ordinal);

    /// <summary>Makes the run that <paramref name="line"/> describes.</summary>
    /// <exception cref="ScenarioException">The line belongs to another scenario.</exception>
    public static ReplayReport Make(Scenario scenario, ReplayLine line)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(line);
        if (!line.Scenario.Equals(scenario.Name, StringComparison.Ordinal))
        {
            throw new ScenarioException($"The replay line belongs to scenario '{line.Scenario}', not to '{scenario.Name}'.");
        }

        var strategy = new ReplayStrategy(line.Script);
        using var watch = new LostErrorWatch();
        var run = scenario.Run(strategy);
        if (run.Passed && watch.Find() is { } lost)
        {
            run = run with { Failure = lost.ToFailure() };
        }

        return new ReplayReport(line, run, strategy.Mismatch);
    }

    /// <summary>One or two sentences that compare the replay with the recording.</summary>
    public string Compare() => (IsIdentical, Mismatch) switch
    {
        (true, _) => "The run is the recorded one, event for event.",
        (false, null) => "All recorded decisions matched, but the trace differs from the recorded one: the code or its data has changed.",
        (false, { } mismatch) => $"The code has changed since the recording: {mismatch}. Where names do not match, the recorded positions are taken.",
    };
}

using System.Text.Json;
using Sim.World;

namespace Sim.Testing;

public static partial class ReportJson
{
    /// <summary>The document of <c>sim run</c>.</summary>
    /// <param name="target">The target, as the user named it.</param>
    /// <param name="runs">What was run.</param>
    /// <param name="exitCode">With what the tool ends.</param>
    public static string OfRuns(string target, IReadOnlyList<(Scenario Scenario, RunReport Run)> runs, int exitCode)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return Document("run", target, exitCode, json =>
        {
            json.WriteStartArray("scenarios");
            foreach (var (scenario, run) in runs)
            {
                json.WriteStartObject();
                json.WriteString("name", scenario.Name);
                json.WriteString("planted", scenario.MustFail);
                Run(json, scenario, run);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>The document of <c>sim replay</c>.</summary>
    /// <param name="target">The target, as the user named it.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="replay">What became of the line.</param>
    /// <param name="exitCode">With what the tool ends.</param>
    public static string OfReplay(string target, Scenario scenario, ReplayReport replay, int exitCode)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(replay);
        return Document("replay", target, exitCode, json =>
        {
            Replay(json, scenario, replay);
            Run(json, scenario, replay.Run);
        });
    }

    /// <summary>The document of <c>sim shrink</c>.</summary>
    /// <param name="target">The target, as the user named it.</param>
    /// <param name="report">What became of the line.</param>
    /// <param name="exitCode">With what the tool ends.</param>
    public static string OfShrink(string target, ShrinkReport report, int exitCode)
    {
        ArgumentNullException.ThrowIfNull(report);
        return Document("shrink", target, exitCode, json =>
        {
            Replay(json, report.Scenario, report.Replay);
            json.WriteBoolean("wasSmallest", report.WasSmallest);
            json.WriteBoolean("isMinimal", report.IsMinimal);
            json.WriteNumber("decisionsBefore", report.Replay.Run.Script.Count);
            json.WriteNumber("shrinkRuns", report.Runs);
            Run(json, report.Scenario, report.Smallest);
        });
    }

    /// <summary>The document of <c>sim explain</c>.</summary>
    /// <param name="target">The target, as the user named it.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="replay">What became of the line.</param>
    /// <param name="explanation">Why it fails; null if it holds or cannot be compared.</param>
    /// <param name="exitCode">With what the tool ends.</param>
    public static string OfExplanation(string target, Scenario scenario, ReplayReport replay, Explanation? explanation, int exitCode)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(replay);
        return Document("explain", target, exitCode, json =>
        {
            Replay(json, scenario, replay);
            json.WriteString("why", explanation is null ? null : ExplanationText.Of(explanation));
            Number(json, "schedulesTried", explanation?.Schedules);
            json.WritePropertyName("failingRun");
            Nested(json, scenario, explanation?.Failing.Report ?? (replay.Run.Passed ? null : replay.Run));
            json.WritePropertyName("holdingRun");
            Nested(json, scenario, explanation?.Passing?.Report ?? (replay.Run.Passed ? replay.Run : null));
        });
    }

    private static void Replay(Utf8JsonWriter json, Scenario scenario, ReplayReport replay)
    {
        json.WriteString("name", scenario.Name);
        json.WriteString("line", replay.Line.ToString());
        json.WriteString("fit", Word(replay.Fit));
        json.WriteString("mismatch", replay.Mismatch);
        json.WriteString("comparison", replay.Compare());
    }

    private static void Nested(Utf8JsonWriter json, Scenario scenario, RunReport? run)
    {
        if (run is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        Run(json, scenario, run);
        json.WriteEndObject();
    }

    private static void Run(Utf8JsonWriter json, Scenario scenario, RunReport run)
    {
        json.WriteString("strategy", run.Strategy);
        json.WriteBoolean("holds", run.Passed);
        json.WriteNumber("steps", run.Steps);
        json.WriteNumber("decisions", run.Script.Count);
        json.WriteNumber("virtualSeconds", Seconds(run.VirtualTime));
        json.WritePropertyName("failure");
        if (run.Passed)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteStartObject();
            Failure(json, run);
            json.WriteEndObject();
        }

        json.WriteString("replay", ReplayLine.Of(scenario, run).ToString());
        json.WriteString("traceHash", run.Trace.Hash);
        json.WriteStartArray("trace");
        foreach (var happened in run.Trace.Events)
        {
            json.WriteStartObject();
            json.WriteNumber("virtualSeconds", Seconds(happened.Time.SinceOrigin));
            json.WriteNumber("step", happened.Step);
            json.WriteString("task", happened.Task);
            json.WriteString("kind", Word(happened.Kind));
            json.WriteString("text", happened.Text);
            json.WriteNumber("cause", happened.Cause);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

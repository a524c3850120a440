using System.Globalization;
using System.Text;
using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// A timeline as a sequence diagram of Mermaid: tasks as participants, who creates and wakes whom as arrows, what each step does
/// as notes, the steps that decide on a coloured ground. Callbacks are left out: the arrow through one is drawn from task to task.
/// </summary>
public static class MermaidDiagram
{
    /// <summary>So many steps are drawn unless told otherwise: more are no picture, and Mermaid takes 50,000 characters at most.</summary>
    public const int UsualSteps = 100;

    private const string Ground = "rect rgba(160, 120, 255, 0.2)";

    /// <summary>The diagram of the first run, lines ending in LF.</summary>
    /// <param name="timeline">The timeline.</param>
    /// <param name="steps">How many steps of tasks to draw at most; of more, the first half and the last, with a note between.</param>
    public static string Of(Timeline timeline, int steps = UsualSteps)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        var run = timeline.Runs[0];
        var told = run.Steps.Where(step => IsTold(step, run)).ToList();
        var shown = told.Count <= steps ? told : [.. told[..(steps - (steps / 2))], .. told[^(steps / 2)..]];
        var text = new StringBuilder("sequenceDiagram\n");
        var lanes = shown.SelectMany(static step => step.Events.Select(static entry => entry.Lane))
            .Where(lane => !IsLoop(lane)).Distinct().Order().ToList();
        text.AppendJoin("", lanes.Select(lane => $"    participant {Id(lane)} as {MermaidText.Escape(run.Lanes[lane].Name)}\n"));
        var over = lanes.Count == 0 ? "" : lanes.Count == 1 ? Id(lanes[0]) : $"{Id(lanes[0])},{Id(lanes[^1])}";
        var byNumber = run.Steps.ToDictionary(static step => step.Number);
        Instant? time = null;
        for (var i = 0; i < shown.Count; i++)
        {
            var step = shown[i];
            if (told.Count > steps && i == steps - (steps / 2))
            {
                var left = Counted.Of(told.Count - steps, "more step");
                text.Append($"    Note over {over}: … {left}, left out of this picture\n");
            }

            if (time != step.Time)
            {
                text.Append(CultureInfo.InvariantCulture, $"    Note over {over}: {step.Time}\n");
                time = step.Time;
            }

            text.Append(step.Decides ? $"    {Ground}\n" : "");
            Append(text, step, run, byNumber);
            text.Append(step.Decides ? "    end\n" : "");
        }

        return text.ToString();

        bool IsLoop(int lane) => run.Lanes[lane].Kind == LaneKind.Loop;
    }

    private static void Append(StringBuilder text, TimelineStep step, TimelineRun run, Dictionary<long, TimelineStep> steps)
    {
        var own = run.Lanes[step.Lane].Kind == LaneKind.Task;
        if (own && Origin(step, steps, run) is { } from && from != step.Lane)
        {
            var (arrow, does) = step.Phase == StepPhase.Begins ? ("->>", "creates") : ("-->>", "wakes");
            text.Append($"    {Id(from)}{arrow}{Id(step.Lane)}: {does}\n");
        }

        var lane = own ? step.Lane : step.Events.First(entry => run.Lanes[entry.Lane].Kind == LaneKind.Task).Lane;
        var title = string.Create(CultureInfo.InvariantCulture, $"{step.Number} {(own ? StepSummary.Title(step) : "")}").Trim();
        var parts = own ? StepSummary.Parts(step) : Failures(step);
        string[] lines = [title, .. parts, .. step.Decisions.Select(static sentence => $"◆ {sentence}")];
        text.Append($"    Note over {Id(lane)}: {string.Join("<br/>", lines.Select(MermaidText.Wrap))}\n");
    }

    // A run may fail in a callback of the loop: that is told over the task that it is about.
    private static bool IsTold(TimelineStep step, TimelineRun run) =>
        step.Phase is StepPhase.Begins or StepPhase.GoesOn
        || (Failures(step).Any() && step.Events.Any(entry => run.Lanes[entry.Lane].Kind == LaneKind.Task));

    private static IEnumerable<string> Failures(TimelineStep step) =>
        step.Events.Where(static entry => entry.Happened.Kind == TraceEventKind.Failure).Select(static entry => entry.Happened.Text);

    // The task that made the step ready, through callbacks or not.
    private static int? Origin(TimelineStep step, Dictionary<long, TimelineStep> steps, TimelineRun run)
    {
        var cause = step.Cause;
        while (cause > 0 && steps.TryGetValue(cause, out var one))
        {
            if (run.Lanes[one.Lane].Kind == LaneKind.Task)
            {
                return one.Lane;
            }

            cause = one.Cause;
        }

        return null;
    }

    private static string Id(int lane) => string.Create(CultureInfo.InvariantCulture, $"p{lane + 1}");
}

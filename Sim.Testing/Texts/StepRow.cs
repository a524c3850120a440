using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>A row of a step table: one step of a run.</summary>
/// <param name="Number">Which step, from 1, as in the trace.</param>
/// <param name="Owner">The task or callback that takes it.</param>
/// <param name="IsTask">Whether it is a task's.</param>
/// <param name="Time">When it begins.</param>
/// <param name="Text">What it does.</param>
internal sealed record StepRow(int Number, string Owner, bool IsTask, Instant Time, string Text)
{
    private const string Failed = "ends: failed: ";
    private const string Runs = "runs";

    /// <summary>Whether it tells nothing: a callback that only hands on what the tasks do.</summary>
    public bool IsPassedOver => !IsTask && Text == Runs;

    /// <summary>What it is called where several share a column.</summary>
    public string TextWithOwner => IsPassedOver ? Owner : $"{Owner}: {Text}";

    /// <summary>The rows of a run.</summary>
    public static IReadOnlyList<StepRow> Of(ExplainedRun run)
    {
        var events = run.Report.Trace.Events.Where(static happened => happened.Step > 0).ToLookup(static happened => happened.Step);
        return [.. run.Steps.Select((step, i) => Of(step, i + 1, [.. events[i + 1]]))];
    }

    private static StepRow Of(ExplainedStep step, int number, TraceEvent[] events)
    {
        var first = events.FirstOrDefault(static happened => happened.Kind == TraceEventKind.Step);
        var isTask = first.Text?.StartsWith("runs", StringComparison.Ordinal) != true;
        var begins = first.Text?.StartsWith("begins", StringComparison.Ordinal) == true ? "begins"
            : step.Sites.Count > 0 ? $"in {step.Sites[0].Split(' ')[0]}" : isTask ? "goes on" : Runs;
        var accesses = step.Accesses.Select(static access => access.ToString());
        string[] parts = [begins, .. accesses, .. events.Select(happened => Words(happened, first.Task))];
        return new StepRow(number, step.Key.Name, isTask, first.Time, string.Join("; ", parts.Where(static part => part.Length > 0)));
    }

    private static string Words(TraceEvent happened, string owner) => happened.Kind switch
    {
        TraceEventKind.Step or TraceEventKind.Failure => "",
        _ => (happened.Task == owner ? "" : $"{happened.Task} ") + Short(happened),
    };

    // What went wrong is told in full elsewhere.
    private static string Short(TraceEvent happened) => happened.Kind switch
    {
        TraceEventKind.Create => happened.Text.Replace("creates task", "creates", StringComparison.Ordinal),
        TraceEventKind.End when happened.Text == "ends: done" => "ends",
        TraceEventKind.End when happened.Text.StartsWith(Failed, StringComparison.Ordinal) =>
            $"fails: {happened.Text[Failed.Length..].Split(':')[0]}",
        _ => happened.Text,
    };
}

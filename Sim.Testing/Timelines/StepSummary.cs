using Sim.World;

namespace Sim.Testing;

/// <summary>What happens in a step, in as few words as a picture has room for.</summary>
internal static class StepSummary
{
    private const string Failed = "ends: failed: ";

    /// <summary>How it begins: "begins", "in PayAsync", "goes on"; for a callback, its name.</summary>
    public static string Title(TimelineStep step)
    {
        const string GoesOnIn = "goes on in ";
        return step switch
        {
            { Phase: StepPhase.Outside } => step.Key.Name,
            { Phase: StepPhase.Begins } => "begins",
            { Phase: StepPhase.Runs } => step.Key.Name,
            _ when step.Text.StartsWith(GoesOnIn, StringComparison.Ordinal) => $"in {step.Text[GoesOnIn.Length..].Split(',')[0]}",
            _ => "goes on",
        };
    }

    /// <summary>The events beside its beginning, each in short.</summary>
    public static IEnumerable<string> Parts(TimelineStep step) =>
        step.Events.Where(static entry => entry.Happened.Kind != TraceEventKind.Step).Select(entry => Part(entry, step));

    private static string Part(TimelineEvent entry, TimelineStep step)
    {
        var happened = entry.Happened;
        var who = entry.Lane == step.Lane ? "" : $"{happened.Task} ";
        return happened.Kind switch
        {
            TraceEventKind.Create => who + happened.Text.Replace("creates task", "creates", StringComparison.Ordinal),
            TraceEventKind.End when happened.Text == "ends: done" => $"{who}ends",
            // What went wrong is told in full where it fails.
            TraceEventKind.End when happened.Text.StartsWith(Failed, StringComparison.Ordinal) =>
                $"{who}fails: {happened.Text[Failed.Length..].Split(':')[0]}",
            TraceEventKind.Failure => happened.Text,
            _ => who + happened.Text,
        };
    }
}

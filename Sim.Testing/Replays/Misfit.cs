using Sim.World;

namespace Sim.Testing;

/// <summary>Says why a recorded decision does not fit a run, with the facts of that run.</summary>
internal static class Misfit
{
    /// <summary>"decision 2 of 3 (bob's 3rd step ahead of alice's 2nd step) no longer fits: …".</summary>
    public static string Describe(DecisionScript script, Deviation deviation, RunReport run) =>
        $"{Name(script, script.Deviations.IndexOf(deviation))} no longer fits: {Why(deviation, run)}";

    /// <summary>What must be so for the decisions to fit: which are moved, and where to.</summary>
    public static IReadOnlyList<string> DescribeMoves(ScriptFit fit)
    {
        var script = fit.Recorded;
        var moved = Enumerable.Range(0, script.Count).Where(i => fit.Keys[i] != script.Deviations[i].Key).Select(i =>
            $"{Name(script, i)} {(fit.Keys[i] is { } key ? $"becomes {StepWords.InWords(key)}" : "is left out")}");
        return fit.Waits
            ? [.. moved, "each step waits until those that go ahead of it have run"]
            : [.. moved];
    }

    private static string Name(DecisionScript script, int i) =>
        $"{(script.Count == 1 ? "the decision" : $"decision {i + 1} of {script.Count}")} ({StepWords.InWords(script.Deviations[i].Key)})";

    private static string Why(in Deviation deviation, RunReport run)
    {
        var key = deviation.Key;
        switch (key.Kind)
        {
            case DecisionKind.Order:
                return Missing(key.Step, run) ?? Missing(key.Turn, run) ?? WhyNotAhead(key, new StepWords(run));
            case DecisionKind.Draw:
                var alike = run.Decisions.FirstOrDefault(decision => decision.Key == key);
                return alike.Bound > 0
                    ? $"it was {deviation.Value}, and now it is below {alike.Bound}"
                    : MissingTask(key.Step.Name, run) ?? $"{key.Step.Name} {Times(DrawsOf(key, run), key.Label)} now";
            case DecisionKind.Cost:
                return Missing(key.Step, run) ?? $"{StepWords.InWords(key.Step)} runs when nothing is decided about its time";
            default:
                return Missing(key.Step, run) ?? $"after {StepWords.InWords(key.Step)} no timer is set, or nothing is ready, now";
        }
    }

    private static string WhyNotAhead(in DecisionKey key, StepWords words)
    {
        var (step, turn) = (words.Find(key.Step)!.Value, words.Find(key.Turn)!.Value);
        var (stepName, turnName) = (words.Of(key.Step), words.Of(key.Turn));
        if (step.Step < turn.Step)
        {
            return turn.Cause >= step.Step
                ? $"{stepName} ran at {step.Time} (step {step.Step}), before {turnName} was ready (step {turn.Cause})"
                : $"{stepName} ran at {step.Time} (step {step.Step}) when it was not yet the turn of {turnName} (step {turn.Step})";
        }

        return step.Cause >= turn.Step
            ? $"{turnName} ran at {turn.Time} (step {turn.Step}), before {stepName} was ready (step {step.Cause})"
            : $"{turnName} ran at {turn.Time} (step {turn.Step}), and {stepName} not before {step.Time} (step {step.Step})";
    }

    private static string? Missing(StepKey step, RunReport run)
    {
        if (run.StepOrder.Contains(step))
        {
            return null;
        }

        var taken = run.StepOrder.Count(other => other.Name == step.Name);
        return taken == 0 ? MissingTask(step.Name, run) : $"{step.Name} takes only {Counted.Of(taken, "step")} now";
    }

    private static string? MissingTask(string name, RunReport run)
    {
        var names = run.StepOrder.Select(static step => step.Name).Distinct(StringComparer.Ordinal).ToList();
        if (names.Contains(name))
        {
            return null;
        }

        var tasks = run.Trace.Events
            .Where(static e => e.Kind == TraceEventKind.Step && e.Text.StartsWith("begins", StringComparison.Ordinal))
            .Select(static e => e.Task).Distinct(StringComparer.Ordinal).ToList();
        var more = tasks.Count > 8 ? $" and {tasks.Count - 8} more" : "";
        return $"there is no task {name} any more: there are {string.Join(", ", tasks.Take(8))}{more}";
    }

    private static int DrawsOf(DecisionKey key, RunReport run) =>
        run.Decisions.Count(decision => decision.Key.Kind == DecisionKind.Draw
            && decision.Key.Label == key.Label && decision.Key.Step.Name == key.Step.Name);

    private static string Times(int count, string label) => count switch
    {
        0 => $"does not draw for {label}",
        1 => $"draws for {label} only once",
        _ => $"draws for {label} only {count} times",
    };
}

using System.Text;
using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>The text of an explanation: what decides, in sentences, and the steps around it as a table.</summary>
public static class ExplanationText
{
    private const int Before = 6;
    private const int After = 4;
    private const int Last = 2;

    /// <summary>The text, ending in an empty line.</summary>
    public static string Of(Explanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        var text = new StringBuilder();
        AppendSentences(text, explanation);
        if (explanation is { Passing: { } passing } && !EndsBeforeTheError(explanation)
            && (explanation.Pair?.Place ?? explanation.Choice?.Place) is { } place)
        {
            AppendTables(text, explanation, passing, place);
        }

        return text.ToString();
    }

    /// <summary>Whether it says that the order does not matter.</summary>
    internal static bool IsNotTheOrder(Explanation explanation) => explanation.Passing is null || EndsBeforeTheError(explanation);

    /// <summary>What decides, in a sentence or two, on one line.</summary>
    internal static string Why(Explanation explanation)
    {
        var text = new StringBuilder();
        AppendSentences(text, explanation);
        return text.ToString().Split("\n\n")[0].Replace('\n', ' ');
    }

    private static void AppendSentences(StringBuilder text, Explanation explanation)
    {
        switch (explanation)
        {
            case { Passing: null }:
                var isFifo = explanation.Failing.Report.Script.Deviations.IsEmpty;
                var others = Counted.Of(explanation.Schedules, "other schedule");
                text.Append(
                    explanation.Schedules == 0 ? "It is not the order: there was nothing to decide, and so only this schedule.\n\n"
                    : isFifo ? $"It is not the order: it fails first in, first out, and none of {others} that were tried holds.\n\n"
                    : $"It is not the order, as far as was tried: none of {others} holds.\n\n");
                return;
            case { Choice: { } cut } when EndsBeforeTheError(explanation):
                Append(
                    text, "It is not the order or the time: once the error is thrown, it is lost, because nobody awaits it.",
                    $"The nearest run that holds ends before that: in it the clock is ahead {Alike(cut.Place)}.");
                return;
            case { Pair: { } pair }:
                var (first, second) = (Whose(pair.First), Whose(pair.Second));
                Append(text, $"It fails because {first} comes before {second}.", $"The other way round, {Alike(pair.Place)}, it holds.");
                var width = Math.Max(first.Length, second.Length);
                AppendWhere(text, first.PadRight(width), Where(pair.First, explanation.Failing, pair.Place));
                AppendWhere(text, second.PadRight(width), Where(pair.Second, explanation.Passing!, pair.Place));
                text.Append(pair.SharedResources.Any() ? $"  They race for {string.Join(" and ", pair.SharedResources)}.\n\n" : "\n");
                break;
            case { Choice: { Kind: DecisionKind.Time } choice }:
                var (fails, holds) = choice.WhereItFails == 1 ? ("passes", "does not") : ("does not pass", "does");
                Append(
                    text, $"It fails because time {fails} although work is ready, {Alike(choice.Place)}.", $"If it {holds}, it holds.");
                break;
            case { Choice: { Kind: DecisionKind.Cost } choice }:
                // The step that is late is the last that had been chosen.
                var late = Whose(explanation.Failing.Steps[choice.Place - 1]);
                Append(
                    text, $"It fails because {late} runs {Late(choice.WhereItFails)}.",
                    $"If it runs {Late(choice.WhereItHolds)}, all else before it alike, it holds.");
                break;
            case { Choice: { } choice }:
                Append(
                    text, $"It fails because the {Counted.Nth(choice.Number)} draw of '{choice.Label}' is {choice.WhereItFails}.",
                    $"With {choice.WhereItHolds}, all else before it alike, it holds.");
                break;
            default:
                text.Append("A run nearby holds, but what decides between the two could not be narrowed down to one decision.\n\n");
                return;
        }
    }

    // What nobody awaits is lost whenever it fails. A run whose clock runs ahead may end before it does: that explains nothing.
    private static bool EndsBeforeTheError(Explanation explanation) =>
        explanation is { Choice.Kind: DecisionKind.Time or DecisionKind.Cost, Passing: { } passing }
        && explanation.Failing.Report.Failure is { Kind: FailureKind.Unobserved, Task: var task }
        && !passing.Report.Trace.Events.Any(happened => happened.Kind == TraceEventKind.End && happened.Task == task
            && happened.Text.StartsWith("ends: failed", StringComparison.Ordinal));

    // On one line if there is room for both.
    private static void Append(StringBuilder text, string one, string other) =>
        text.Append(one).Append(one.Length + 1 + other.Length > WrappedText.Width ? '\n' : ' ').Append(other).Append("\n\n");

    private static void AppendWhere(StringBuilder text, string who, string where) =>
        text.AppendJoin('\n', WrappedText.Lines($"  {who}  {where}", WrappedText.Width, indent: who.Length + 4)).Append('\n');

    private static string Late(int cost) => cost == 0 ? "in time" : $"{Durations.Format(WorkCost.Of(cost))} late";

    private static string Alike(int steps) => steps == 0 ? "from the start" : $"after the same {Counted.Of(steps, "step")}";

    private static string Whose(ExplainedStep step) => $"the {Counted.Nth(step.Key.Number)} step of {step.Key.Name}";

    private static string Where(ExplainedStep step, ExplainedRun run, int place)
    {
        var sites = step.Sites.Count == 0
            ? StepRow.Of(run)[place].Text.Split(';')[0]
            : "goes on in " + string.Join(", called in ", step.Sites);
        return string.Join("; ", [sites, .. step.Accesses.Select(static access => access.ToString())]);
    }

    private static void AppendTables(StringBuilder text, Explanation explanation, ExplainedRun passing, int place)
    {
        var (fails, holds) = (StepRow.Of(explanation.Failing), StepRow.Of(passing));
        var isPair = explanation.Pair is not null;
        var (shownFails, shownHolds) = (Shown(fails, place - Before, place, isPair), Shown(holds, place, place, isPair));
        var owners = explanation.Pair is { } pair ? (string[])[pair.First.Key.Name, pair.Second.Key.Name] : [];
        var rows = shownFails.Select(i => fails[i]).Concat(shownHolds.Select(i => holds[i])).ToList();
        var failure = explanation.Failing.Report.Failure!;
        text.Append(explanation.FailsOtherwise ? "Where it fails (in another way than above):\n\n" : "Where it fails:\n\n");
        var end = $"FAILS: {failure.Message.Split('\n')[0].TrimEnd()}";
        Append(text, fails, shownFails, new StepTable(rows, owners), explanation, isFailing: true, end);
        text.Append("Where it holds:\n\n");
        Append(text, holds, shownHolds, new StepTable(rows, owners), explanation, isFailing: false, "holds");
    }

    private static void Append(
        StringBuilder text, IReadOnlyList<StepRow> rows, List<int> shown, StepTable table, Explanation explanation, bool isFailing,
        string end)
    {
        var next = 0;
        foreach (var i in shown)
        {
            AddGap(next, i, next == 0 && !isFailing ? ", the same" : "");

            if (explanation.Choice is { Kind: DecisionKind.Time } time && time.Place == i && isFailing == (time.WhereItFails == 1))
            {
                table.AddLine("── time passes, although work is ready ──");
            }

            var mark = Mark(explanation, i, isFailing);
            table.Add(rows[i], mark);
            if (isFailing && mark == '>' && explanation.Pair is not null)
            {
                table.AddLine("── the order of these two decides ──");
            }

            next = i + 1;
        }

        AddGap(next, rows.Count, "");
        table.AddLine(end);
        text.Append(table).Append("\n\n");

        void AddGap(int from, int to, string words)
        {
            if (Enumerable.Range(from, to - from).Any(i => !rows[i].IsPassedOver))
            {
                table.AddLine($"… {Counted.Of(to - from, "step")}{words}");
            }
        }
    }

    private static char Mark(Explanation explanation, int step, bool isFailing)
    {
        if (explanation.Pair is not { } pair)
        {
            return explanation.Choice is { Kind: not DecisionKind.Time } choice && choice.Place == step + 1 ? '>' : ' ';
        }

        return (step - pair.Place) switch
        {
            0 => isFailing ? '>' : '<',
            1 => isFailing ? '<' : '>',
            _ => ' ',
        };
    }

    // What is around the place, and how it ends; a stretch of one or two steps is not worth leaving out.
    private static List<int> Shown(IReadOnlyList<StepRow> rows, int from, int place, bool isPair)
    {
        var telling = Enumerable.Range(0, rows.Count).Where(i => !rows[i].IsPassedOver || (isPair && i - place is 0 or 1)).ToList();
        var shown = telling.Where((i, nth) => (i >= from && i < place + 2 + After) || nth >= telling.Count - Last).ToList();
        return telling.Count - shown.Count <= 2 && from <= 0 ? telling : shown;
    }
}

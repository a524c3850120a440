using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>Steps and decisions in words, with the facts of one recorded run.</summary>
/// <param name="run">The run.</param>
internal sealed class StepWords(RunReport run)
{
    // Looked up, never iterated.
    private readonly Dictionary<StepKey, long> _numbers = run.StepOrder.Select(static (key, i) => (key, i + 1L)).ToDictionary();
    private readonly Dictionary<long, TraceEvent> _events =
        run.Trace.Events.Where(static e => e.Kind == TraceEventKind.Step).ToDictionary(static e => e.Step);

    /// <summary>When the step ran, if it did.</summary>
    public TraceEvent? Find(StepKey step) =>
        _numbers.TryGetValue(step, out var number) && _events.TryGetValue(number, out var happened) ? happened : null;

    /// <summary>What the deviations of this run do, a sentence each; three or more in a row that let one step wait share one.</summary>
    public IEnumerable<string> DescribeAll()
    {
        // By their places in this run: those of its script are the places of a run that is not asked what work costs.
        var deviations = run.Decisions.Select(static (decision, i) => new Deviation(i, decision.Value, decision.Key))
            .Where(static deviation => deviation.Value != 0).ToArray();
        for (int i = 0, next; i < deviations.Length; i = next)
        {
            for (next = i + 1; next < deviations.Length && KeepsWaiting(deviations[next - 1], deviations[next]); next++)
            {
            }

            if (next - i < 3)
            {
                next = i + 1;
                yield return $"{next}. {Describe(deviations[i])}.";
            }
            else
            {
                var (turn, ahead) = (deviations[i].Key.Turn, deviations[i..next].Select(static deviation => deviation.Key.Step));
                var time = TimeOf(run.Decisions[deviations[i].Index].Step);
                yield return $"{i + 1} to {next}. From {time} on {Of(turn, inFull: true)} waits, and ahead of it run {Enumerate(ahead)}.";
            }
        }
    }

    private static bool KeepsWaiting(in Deviation one, in Deviation next) =>
        next.Index == one.Index + 1 && one.Key.Kind == DecisionKind.Order && next.Key.Kind == DecisionKind.Order
        && one.Key.Turn == next.Key.Turn;

    // "main's 2nd to 5th step, bob's 3rd step".
    private static string Enumerate(IEnumerable<StepKey> steps)
    {
        var rows = new List<(StepKey First, int Last)>();
        foreach (var step in steps)
        {
            if (rows is [.., var (first, last)] && first.Name == step.Name && last + 1 == step.Number)
            {
                rows[^1] = (first, step.Number);
            }
            else
            {
                rows.Add((step, step.Number));
            }
        }

        return string.Join(", ", rows.Select(static row => row.Last == row.First.Number
            ? InWords(row.First)
            : $"{row.First.Name}'s {Counted.Nth(row.First.Number)} to {Counted.Nth(row.Last)} steps"));
    }

    /// <summary>One deviation in a sentence, without its full stop.</summary>
    public string Describe(in Deviation deviation)
    {
        var (key, decision) = (deviation.Key, run.Decisions[deviation.Index]);
        var time = TimeOf(decision.Step);
        return key.Kind switch
        {
            DecisionKind.Order => $"At {time} {Of(key.Step, inFull: true)} runs ahead of {Of(key.Turn, inFull: true)}",
            DecisionKind.Draw => $"At {time} {key.Step.Name} draws {deviation.Value} of 0 to {decision.Bound - 1} for {key.Label}",
            DecisionKind.Cost => $"At {time} {Of(key.Step, inFull: true)} runs {Durations.Format(WorkCost.Of(deviation.Value))} late",
            _ => $"At {time} time passes after {Of(key.Step, inFull: true)}, up to {TimeOf(decision.Step + 1)}, although work is ready",
        };
    }

    /// <summary>The step in a sentence: "bob's 3rd step", with the method in which it goes on if <paramref name="inFull"/>.</summary>
    public string Of(StepKey step, bool inFull = false)
    {
        var text = Find(step)?.Text ?? "";
        var isCallback = text.StartsWith("runs", StringComparison.Ordinal);
        var words = isCallback ? $"the {Counted.Nth(step.Number)} call of {step.Name}" : InWords(step);
        const string GoesOn = "goes on in ";
        var method = inFull && text.StartsWith(GoesOn, StringComparison.Ordinal) ? text[GoesOn.Length..].Split(' ', ',')[0] : null;
        return method is null ? words : $"{words} (in {method})";
    }

    /// <summary>A key in words, without knowing the run: "bob's 3rd step ahead of alice's 2nd".</summary>
    public static string InWords(in DecisionKey key) => key.Kind switch
    {
        DecisionKind.Order => $"{InWords(key.Step)} ahead of {key.Turn.Name}'s {Counted.Nth(key.Turn.Number)}",
        DecisionKind.Draw => $"{key.Step.Name}'s {Counted.Nth(key.Step.Number)} draw for {key.Label}",
        DecisionKind.Cost => $"{InWords(key.Step)} late",
        _ => $"time that passes after {InWords(key.Step)}",
    };

    /// <summary>"bob's 3rd step".</summary>
    public static string InWords(in StepKey step) => $"{step.Name}'s {Counted.Nth(step.Number)} step";

    private Instant TimeOf(long step) => _events.TryGetValue(step, out var happened) ? happened.Time : run.Trace.Events[^1].Time;
}

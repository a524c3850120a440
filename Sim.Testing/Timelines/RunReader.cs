using System.Globalization;
using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>Lays a recorded run out in lanes and steps.</summary>
/// <param name="run">The run.</param>
/// <param name="explained">The same run with what an explanation knows of its steps.</param>
/// <param name="deciding">The numbers of the steps that decide.</param>
internal sealed class RunReader(RunReport run, ExplainedRun? explained, IReadOnlyList<long> deciding)
{
    private readonly LaneFinder _lanes = new(run.Trace.Events, run.StepOrder);

    // Looked up by the number of the step, never iterated.
    private readonly ILookup<long, string> _decisions = Decisions(run);

    public TimelineRun Read()
    {
        var steps = new List<TimelineStep>();
        var events = run.Trace.Events;
        for (int from = 0, to; from < events.Count; from = to)
        {
            for (to = from + 1; to < events.Count && events[to].Step == events[from].Step && !IsBeginning(events[to]); to++)
            {
            }

            steps.Add(Step([.. events.Skip(from).Take(to - from)]));
        }

        return new TimelineRun(run, _lanes.Lanes, steps);
    }

    private static bool IsBeginning(TraceEvent happened) => happened.Kind == TraceEventKind.Step;

    private TimelineStep Step(TraceEvent[] events)
    {
        var first = events[0];
        var key = first.Step >= 1 && first.Step <= run.StepOrder.Count ? run.StepOrder[(int)first.Step - 1] : new StepKey(first.Task, 1);
        var phase = !IsBeginning(first) ? StepPhase.Outside
            : !LaneFinder.IsOfTask(first) ? StepPhase.Runs
            : first.Text.StartsWith("begins", StringComparison.Ordinal) ? StepPhase.Begins : StepPhase.GoesOn;
        var lane = _lanes.Of(key.Name, isTask: phase is StepPhase.Begins or StepPhase.GoesOn);
        var isKnown = explained is not null && first.Step >= 1 && first.Step <= explained.Steps.Count;
        var known = isKnown ? explained!.Steps[(int)first.Step - 1] : null;
        return new TimelineStep(
            first.Step, key, lane, first.Time, phase, phase == StepPhase.Outside ? "" : WithoutCause(first), first.Cause,
            [.. events.Select(happened => new TimelineEvent(happened.Task == first.Task ? lane : _lanes.Of(happened.Task), happened))])
        {
            Decisions = [.. _decisions[first.Step]],
            Sites = known?.Sites ?? [],
            Accesses = known?.Accesses ?? [],
            Decides = deciding.Contains(first.Step),
        };
    }

    // "goes on in PayAsync (woken in step 4), ahead of bob": the arrow tells the middle of it.
    private static string WithoutCause(TraceEvent step)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $" step {step.Cause})");
        var at = step.Cause == 0 ? -1 : step.Text.IndexOf(end, StringComparison.Ordinal);
        var from = at < 0 ? -1 : step.Text.LastIndexOf(" (", at, StringComparison.Ordinal);
        return from < 0 ? step.Text : step.Text.Remove(from, at + end.Length - from);
    }

    private static ILookup<long, string> Decisions(RunReport run)
    {
        var words = new StepWords(run);
        return run.Decisions.Select(static (decision, i) => (decision, i))
            .Where(static entry => entry.decision is { Value: > 0, Key.Step.Name: not null })
            .ToLookup(
                entry => Math.Min(entry.decision.Step, run.Steps),
                entry => words.Describe(new Deviation(entry.i, entry.decision.Value, entry.decision.Key)) + ".");
    }
}

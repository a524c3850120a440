using System.Text.Json;
using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// A timeline in the trace-event format of Chrome, for Perfetto and other viewers: a process for each run, a thread for each
/// lane, slices for steps and for waits, flows for what leads to what. The same timeline gives the same bytes. Thread-safe.
/// </summary>
/// <remarks>
/// Times are microseconds of virtual time. A step takes none, and a slice of no length cannot be seen: so each is drawn one
/// microsecond long, and begins at its time or where the step before it ends, whichever is later. Steps of one instant stand one
/// after the other; the true time is among the arguments. Format: "Trace Event Format" (Google).
/// </remarks>
public static class ChromeTraceFile
{
    /// <summary>Writes the file: JSON in UTF-8, an event a line.</summary>
    public static void Write(Timeline timeline, Stream output)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        ArgumentNullException.ThrowIfNull(output);
        using var file = new ChromeEvents(output);
        for (var i = 0; i < timeline.Runs.Count; i++)
        {
            new Run(file, i + 1, timeline.Runs[i]).Write(timeline);
        }
    }

    private sealed class Run(ChromeEvents file, int process, TimelineRun run)
    {
        // In nanoseconds, by the place of the step.
        private readonly long[] _starts = Starts(run.Steps);

        public void Write(Timeline timeline)
        {
            var outcome = run.Report.Passed ? "holds" : "fails";
            file.Name("process_name", process, 0, $"{timeline.Title}: {outcome}");
            for (var lane = 0; lane < run.Lanes.Count; lane++)
            {
                file.Name("thread_name", process, lane + 1, run.Lanes[lane].Name);
                file.Sort(process, lane + 1);
            }

            var places = new Dictionary<long, int>();
            var last = new int?[run.Lanes.Count];
            for (var i = 0; i < run.Steps.Count; i++)
            {
                var step = run.Steps[i];
                WriteWait(last[step.Lane], i);
                WriteStep(step, _starts[i]);
                if (step.Cause > 0 && places.TryGetValue(step.Cause, out var cause))
                {
                    var title = run.Steps[i].Phase == StepPhase.Begins ? "creates" : step.Phase == StepPhase.GoesOn ? "wakes" : "calls";
                    file.Flow(process, run.Steps[cause].Lane + 1, step.Lane + 1, step.Number, title, _starts[cause], _starts[i]);
                }

                places[step.Number] = i;
                last[step.Lane] = i;
            }
        }

        // A task that waits is drawn as waiting; the loop's callbacks have nothing to do with one another.
        private void WriteWait(int? before, int place)
        {
            if (before is { } from && run.Lanes[run.Steps[from].Lane].Kind == LaneKind.Task)
            {
                var end = _starts[from] + ChromeEvents.StepLength;
                var wait = run.Steps[from].Events.LastOrDefault(static entry => entry.Happened.Kind == TraceEventKind.Wait).Happened.Text;
                if (wait is not null && _starts[place] > end)
                {
                    file.Slice(process, run.Steps[from].Lane + 1, "wait", wait, end, _starts[place] - end);
                }
            }
        }

        private void WriteStep(TimelineStep step, long start)
        {
            var thread = step.Lane + 1;
            var parts = StepSummary.Parts(step).ToList();
            var category = step.Decides ? "step,decides" : step.Decisions.Count > 0 ? "step,decision" : "step";
            file.Slice(process, thread, category, StepSummary.Title(step), start, ChromeEvents.StepLength, arguments =>
            {
                arguments.WriteNumber("step", step.Number);
                arguments.WriteString("time", step.Time.ToString());
                Add("cause", step.Cause == 0 ? [] : [$"step {step.Cause}"]);
                Add("does", parts);
                Add("decision", step.Decisions);
                Add("await", step.Sites.Count == 0 ? [] : [string.Join(", called in ", step.Sites)]);

                void Add(string name, IReadOnlyList<string> words)
                {
                    if (words.Count > 0)
                    {
                        arguments.WriteString(name, string.Join("; ", words));
                    }
                }
            });

            // Inside of the slice, in their order.
            var inside = step.Events
                .Where(static entry => entry.Happened.Kind is not (TraceEventKind.Step or TraceEventKind.Wait)).ToList();
            for (var i = 0; i < inside.Count; i++)
            {
                var happened = inside[i].Happened;
                var kind = happened.Kind.ToString().ToLowerInvariant();
                var time = start + (ChromeEvents.StepLength * (i + 1) / (inside.Count + 1));
                file.Instant(process, inside[i].Lane + 1, kind, happened.Text, time);
            }
        }

        private static long[] Starts(IReadOnlyList<TimelineStep> steps)
        {
            var starts = new long[steps.Count];
            var free = 0L;
            for (var i = 0; i < steps.Count; i++)
            {
                starts[i] = Math.Max(free, steps[i].Time.Ticks * TimeSpan.NanosecondsPerTick);
                free = starts[i] + ChromeEvents.StepLength;
            }

            return starts;
        }
    }
}

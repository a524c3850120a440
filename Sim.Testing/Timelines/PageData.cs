using System.Text.Json;
using Sim.Clock;
using Sim.World;

namespace Sim.Testing;

/// <summary>
/// The data in a page, as JSON: a list for each property of the steps and events, and texts by number, because a hundred thousand
/// objects would take seconds to read. The script's <c>model.js</c> reads it. Its escaping is safe inside of HTML.
/// </summary>
internal static class PageData
{
    public static byte[] Of(Timeline timeline)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("title", timeline.Title);
            json.WriteString("why", timeline.Why);
            WriteExplained(json, timeline.Explained);
            json.WriteStartArray("runs");
            foreach (var run in timeline.Runs)
            {
                Write(json, run);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    // Only what the head of the page tells of a run.
    private static void WriteExplained(Utf8JsonWriter json, TimelineRun? run)
    {
        if (run is not null)
        {
            json.WriteStartObject("explained");
            WriteOutcome(json, run);
            json.WriteNumber("taken", run.Steps.Count(static step => step.Phase != StepPhase.Outside));
            json.WriteNumber("told", run.Report.Trace.Events.Count);
            var decisions = run.Steps.SelectMany(static step => step.Decisions);
            Write(json, "sentences", decisions, static (json, sentence) => json.WriteStringValue(sentence));
            json.WriteEndObject();
        }
    }

    private static void WriteOutcome(Utf8JsonWriter json, TimelineRun run)
    {
        json.WriteString("hash", run.Report.Trace.Hash);
        json.WriteString("length", Durations.Format(run.Report.VirtualTime));
        WriteFailure(json, run.Report.Failure);
        Write(json, "replay", run.Replay, static (json, command) => json.WriteStringValue(command));
    }

    private static void Write(Utf8JsonWriter json, TimelineRun run)
    {
        var texts = new PageTexts();
        json.WriteStartObject();
        json.WriteString("strategy", run.Report.Strategy);
        WriteOutcome(json, run);
        Write(json, "lanes", run.Lanes, static (json, lane) =>
        {
            json.WriteStartArray();
            json.WriteStringValue(lane.Name);
            json.WriteNumberValue((int)lane.Kind);
            json.WriteEndArray();
        });
        WriteSteps(json, run, texts);
        WriteEvents(json, run, texts);
        WriteRemarks(json, run, texts);
        texts.Write(json, "texts");
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, Failure? failure)
    {
        if (failure is not null)
        {
            json.WriteStartObject("failure");
            json.WriteString("message", failure.Message);
            json.WriteString("time", failure.Time.ToString());
            json.WriteString("task", failure.Task);
            json.WriteEndObject();
        }
    }

    private static void WriteSteps(Utf8JsonWriter json, TimelineRun run, PageTexts texts)
    {
        // Instants as text, each once: JavaScript's numbers end before our time line does.
        var times = run.Steps.Select(static step => step.Time).Distinct().ToList();
        var instants = times.Select(static (time, i) => (time, i)).ToDictionary();
        Write(json, "times", times, static (json, time) => json.WriteStringValue(time.ToString()));
        json.WriteStartObject("steps");
        Numbers(json, "number", run.Steps.Select(static step => step.Number));
        Numbers(json, "lane", run.Steps.Select(static step => (long)step.Lane));
        Numbers(json, "key", run.Steps.Select(static step => (long)step.Key.Number));
        Numbers(json, "owner", run.Steps.Select(step => (long)texts[step.Key.Name]));
        Numbers(json, "time", run.Steps.Select(step => (long)instants[step.Time]));
        Numbers(json, "phase", run.Steps.Select(static step => (long)step.Phase));
        Numbers(json, "text", run.Steps.Select(step => (long)texts[step.Text]));
        Numbers(json, "cause", run.Steps.Select(static step => step.Cause));
        Numbers(json, "events", run.Steps.Select(static step => Told(step).LongCount()));
        json.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter json, TimelineRun run, PageTexts texts)
    {
        var events = run.Steps.SelectMany(Told).ToList();
        json.WriteStartObject("events");
        Numbers(json, "kind", events.Select(static entry => (long)entry.Happened.Kind));
        Numbers(json, "lane", events.Select(static entry => (long)entry.Lane));
        Numbers(json, "owner", events.Select(entry => (long)texts[entry.Happened.Task]));
        Numbers(json, "text", events.Select(entry => (long)texts[entry.Happened.Text]));
        json.WriteEndObject();
    }

    // What few steps have: decisions, whether they decide, where they wait, what they touch.
    private static void WriteRemarks(Utf8JsonWriter json, TimelineRun run, PageTexts texts)
    {
        json.WriteStartArray("remarks");
        for (var i = 0; i < run.Steps.Count; i++)
        {
            var step = run.Steps[i];
            if (step.Decisions.Count + step.Sites.Count + step.Accesses.Count > 0 || step.Decides)
            {
                json.WriteStartArray();
                json.WriteNumberValue(i);
                json.WriteNumberValue(step.Decides ? 1 : 0);
                var accesses = step.Accesses.Select(static access => access.ToString());
                foreach (var words in (IEnumerable<string>[])[step.Decisions, step.Sites, accesses])
                {
                    json.WriteStartArray();
                    foreach (var one in words)
                    {
                        json.WriteNumberValue(texts[one]);
                    }

                    json.WriteEndArray();
                }

                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
    }

    // The beginning of a step is told with the step.
    private static IEnumerable<TimelineEvent> Told(TimelineStep step) =>
        step.Events.Where(static entry => entry.Happened.Kind != TraceEventKind.Step);

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers) =>
        Write(json, name, numbers, static (json, number) => json.WriteNumberValue(number));

    private static void Write<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }
}

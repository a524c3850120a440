using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sim.World;

/// <summary>
/// What happened in a run, as a sequence of events with one text form, which is what is hashed, compared, snapshotted and
/// shown. It holds nothing that differs between two runs with the same decisions, so it needs no scrubbing. Immutable.
/// </summary>
public sealed class Trace
{
    private readonly Lazy<string> _text;
    private readonly Lazy<string> _hash;

    // Of the whole run, so that a selection of a selection still knows who there was.
    private readonly Lazy<IReadOnlyList<string>> _tasks;

    /// <summary>A trace of <paramref name="events"/>.</summary>
    public Trace(IReadOnlyList<TraceEvent> events)
        : this(events, null)
    {
    }

    private Trace(IReadOnlyList<TraceEvent> events, Lazy<IReadOnlyList<string>>? tasks)
    {
        ArgumentNullException.ThrowIfNull(events);
        Events = [.. events];
        _tasks = tasks ?? new(() => [.. Events.Select(static e => e.Task).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        _text = new Lazy<string>(Format);
        _hash = new Lazy<string>(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_text.Value)))[..16]);
    }

    /// <summary>The events, in order.</summary>
    public IReadOnlyList<TraceEvent> Events { get; }

    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the text in UTF-8.</summary>
    public string Hash => _hash.Value;

    /// <summary>The events of these kinds alone, as a trace with the same text form: the story without what the loop does for it.</summary>
    /// <exception cref="ArgumentException">No kind is named.</exception>
    public Trace Only(params TraceEventKind[] kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        return kinds.Length > 0
            ? new Trace([.. Events.Where(happened => kinds.Contains(happened.Kind))], _tasks)
            : throw new ArgumentException("Name at least one kind of event.", nameof(kinds));
    }

    /// <summary>The events of these tasks alone, as a trace with the same text form. Callbacks and timers have names too.</summary>
    /// <exception cref="ArgumentException">No task is named, or one that does nothing in this run: likely its name is misspelt.</exception>
    public Trace Of(params string[] tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (tasks.Length == 0)
        {
            throw new ArgumentException("Name at least one task.", nameof(tasks));
        }

        return tasks.FirstOrDefault(task => !_tasks.Value.Contains(task)) is { } unknown
            ? throw new ArgumentException(
                $"There is no {unknown} in this trace; there are {string.Join(", ", _tasks.Value)}. "
                + "Names of tasks are given where they are created.",
                nameof(tasks))
            : new Trace([.. Events.Where(happened => tasks.Contains(happened.Task))], _tasks);
    }

    /// <summary>The index of the first event that differs, or null when the traces are equal.</summary>
    public int? FirstDifference(Trace other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var shared = Math.Min(Events.Count, other.Events.Count);
        for (var i = 0; i < shared; i++)
        {
            if (Events[i] != other.Events[i])
            {
                return i;
            }
        }

        return Events.Count == other.Events.Count ? null : shared;
    }

    /// <summary>One event as it stands in the text, without the alignment.</summary>
    public static string Describe(in TraceEvent happened) =>
        string.Create(CultureInfo.InvariantCulture, $"{happened.Time} step {happened.Step} {happened.Task}: {happened.Text}");

    /// <summary>The text form: a line for each event, with columns for virtual time, step, task and what happened.</summary>
    public override string ToString() => _text.Value;

    private string Format()
    {
        var times = Events.Select(static e => e.Time.ToString()).ToArray();
        var timeWidth = Math.Max(4, times.Select(static time => time.Length).DefaultIfEmpty().Max());
        var taskWidth = Math.Max(4, Events.Select(static e => e.Task.Length).DefaultIfEmpty().Max());
        var text = new StringBuilder();
        text.Append("time".PadLeft(timeWidth)).Append("  step  ").Append("task".PadRight(taskWidth)).Append("  what happens");
        for (var i = 0; i < Events.Count; i++)
        {
            var happened = Events[i];
            text.Append('\n')
                .Append(times[i].PadLeft(timeWidth)).Append("  ")
                .Append((happened.Step == 0 ? "-" : happened.Step.ToString(CultureInfo.InvariantCulture)).PadLeft(4)).Append("  ")
                .Append(happened.Task.PadRight(taskWidth)).Append("  ")
                .Append(happened.Text);
        }

        return text.ToString();
    }
}

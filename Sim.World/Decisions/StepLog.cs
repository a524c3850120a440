namespace Sim.World;

/// <summary>
/// What a recorded run could do and did, one thing after the other: which steps became ready, which was taken, what was drawn.
/// Two runs are the same schedule if and only if their logs are equal.
/// </summary>
internal sealed class StepLog
{
    private readonly List<Entry> _entries = [];
    private readonly List<StepKey> _taken = [];

    private enum EntryKind
    {
        Ready,
        Taken,
        Draw,
        Time,
    }

    /// <summary>The steps in the order in which they were taken.</summary>
    public IReadOnlyList<StepKey> Taken => _taken;

    /// <summary>A step has become ready.</summary>
    public void AddReady(StepKey step) => _entries.Add(new Entry(EntryKind.Ready, step.Name, step.Number));

    /// <summary>Of the ready ones this is taken.</summary>
    public void AddTaken(StepKey step)
    {
        _entries.Add(new Entry(EntryKind.Taken, step.Name, step.Number));
        _taken.Add(step);
    }

    /// <summary>A number is drawn.</summary>
    public void AddDraw(string label, int bound) => _entries.Add(new Entry(EntryKind.Draw, label, bound));

    /// <summary>Whether time passes is decided.</summary>
    public void AddTime(int value) => _entries.Add(new Entry(EntryKind.Time, "", value));

    /// <summary>The first place where another log differs; null if they are equal.</summary>
    public int? FirstDifference(StepLog other)
    {
        var shared = Math.Min(_entries.Count, other._entries.Count);
        for (var i = 0; i < shared; i++)
        {
            if (_entries[i] != other._entries[i])
            {
                return i;
            }
        }

        return _entries.Count == other._entries.Count ? null : shared;
    }

    /// <summary>The number of the step at a place: the one that is about to be taken, or for a draw the one that runs.</summary>
    public long StepAt(int place)
    {
        var taken = 0L;
        for (var i = 0; i < place; i++)
        {
            taken += _entries[i].Kind == EntryKind.Taken ? 1 : 0;
        }

        return place < _entries.Count && _entries[place].Kind == EntryKind.Draw ? taken : taken + 1;
    }

    /// <summary>
    /// In words, what two logs say at the first place where they differ: what it is about, and what each has. The ready tasks are
    /// told if they differ, else the choice among them.
    /// </summary>
    public static (string What, string First, string Second) Tell(StepLog first, StepLog second, int place)
    {
        var (left, right) = (first.At(place), second.At(place));
        if (left == EntryKind.Draw || right == EntryKind.Draw)
        {
            return ("in a draw", first.Words(place), second.Words(place));
        }

        if (left == EntryKind.Time || right == EntryKind.Time)
        {
            return ("in whether time passes", first.Words(place), second.Words(place));
        }

        return left == EntryKind.Taken && right == EntryKind.Taken
            ? ("in the choice", first.Words(place), second.Words(place))
            : ("in which tasks are ready", first.ReadyAt(place), second.ReadyAt(place));
    }

    private EntryKind? At(int place) => place < _entries.Count ? _entries[place].Kind : null;

    private string Words(int place) => place == _entries.Count ? "the run had ended" : _entries[place] switch
    {
        { Kind: EntryKind.Draw } draw => $"'{draw.Name}' was drawn, one of {draw.Number}",
        { Kind: EntryKind.Time } time => time.Number == 1 ? "time passed" : "it did not pass",
        { Kind: EntryKind.Taken } taken => $"{taken.Key}, of {ReadyAt(place)}",
        _ => $"another step was ready: {ReadyAt(place)}",
    };

    // The set as it was when the next step was taken.
    private string ReadyAt(int place)
    {
        var ready = new List<StepKey>();
        for (var i = 0; i < _entries.Count && (i < place || _entries[i].Kind != EntryKind.Taken); i++)
        {
            if (_entries[i].Kind == EntryKind.Ready)
            {
                ready.Add(_entries[i].Key);
            }
            else if (_entries[i].Kind == EntryKind.Taken)
            {
                ready.Remove(_entries[i].Key);
            }
        }

        const int Shown = 8;
        var names = string.Join(", ", ready.Take(Shown));
        return ready.Count == 0 ? "none" : ready.Count > Shown ? $"{names} and {ready.Count - Shown} more" : names;
    }

    private readonly record struct Entry(EntryKind Kind, string Name, int Number)
    {
        public StepKey Key => new(Name, Number);
    }
}

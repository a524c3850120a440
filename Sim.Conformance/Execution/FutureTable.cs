using Sim.Core;

namespace Sim.Conformance;

/// <summary>The futures of a program: all of them in the order of creation, and those in registers by name.</summary>
internal sealed class FutureTable
{
    /// <summary>The low of a plain future: anyone may wait on it.</summary>
    public const int Free = int.MaxValue;

    private readonly List<FutureEntry?> _made = [];
    private readonly Dictionary<Future, FutureEntry> _entries = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, FutureEntry> _registers = new(StringComparer.Ordinal);

    /// <summary>In the order of creation, those left out whose creation failed.</summary>
    public IEnumerable<FutureEntry> Made => _made.OfType<FutureEntry>();

    /// <summary>Takes the next number.</summary>
    public int Reserve()
    {
        _made.Add(null);
        return _made.Count - 1;
    }

    public FutureEntry Bind(int index, Future future, int low)
    {
        var entry = new FutureEntry(index, future, low);
        _made[index] = entry;
        _entries[future] = entry;
        return entry;
    }

    /// <summary>The future of a number; null while its creation lasts.</summary>
    public FutureEntry? Of(int index) => _made[index];

    public FutureEntry? Of(Future future) => _entries.GetValueOrDefault(future);

    public string Label(Future future) => Of(future)?.Label ?? "F?";

    public FutureEntry? Register(string name) => _registers.GetValueOrDefault(name);

    public void Register(string? name, FutureEntry entry)
    {
        if (!string.IsNullOrEmpty(name))
        {
            _registers[name] = entry;
        }
    }

    /// <summary>What a register holds if <paramref name="me"/> may wait on it: never on an older task, so there is no circle of waits.</summary>
    public FutureEntry? ToWaitFor(int me, string name) => Register(name) is { } entry && entry.Low > me ? entry : null;

    public IReadOnlyList<FutureEntry> ToWaitFor(int me, IEnumerable<string> names) =>
        [.. names.Select(name => ToWaitFor(me, name)).OfType<FutureEntry>()];
}

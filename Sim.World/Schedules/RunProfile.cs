namespace Sim.World;

/// <summary>
/// What one run, first in first out, has shown of a scenario: how long it is, which tasks take how many steps, what they
/// share. An estimate for all other runs: tasks are recognised by their lineage, and strategies must get along with what they
/// meet for the first time. Immutable; any thread.
/// </summary>
public sealed class RunProfile
{
    // Looked up, never iterated.
    private readonly Dictionary<ulong, int> _lineages = [];
    private readonly Dictionary<(int Lineage, int Nth), int> _nameless = [];
    private readonly long[] _steps;
    private readonly long[] _subtrees;
    private readonly int[] _parents;
    private readonly SharedResource[] _shared;

    internal RunProfile(long steps, int choices, IReadOnlyList<ProfiledTask> tasks, IEnumerable<SharedResource> shared)
    {
        (Steps, Choices) = (steps, choices);
        _steps = new long[tasks.Count];
        _parents = new int[tasks.Count];
        for (var i = 0; i < tasks.Count; i++)
        {
            _lineages.TryAdd(tasks[i].Lineage, i);
            _steps[i] = tasks[i].Steps;
            _parents[i] = tasks[i].Parent;
        }

        _subtrees = WithDescendants((long[])_steps.Clone());
        _shared = [.. shared];
        for (var i = 0; i < _shared.Length; i++)
        {
            foreach (var place in _shared[i].Places)
            {
                _nameless.TryAdd(place, i);
            }
        }
    }

    /// <summary>The profile of a scenario of which nothing is known.</summary>
    public static RunProfile Empty { get; } = new(0, 0, [], []);

    /// <summary>How many steps the run took.</summary>
    public long Steps { get; }

    /// <summary>How many of them had a choice: at least two were ready.</summary>
    public int Choices { get; }

    /// <summary>How many tasks took steps.</summary>
    public int Tasks => _steps.Length;

    /// <summary>How many resources were announced by at least two tasks, at least one of which would write.</summary>
    public int SharedResources => _shared.Length;

    /// <summary>The index of a task; -1 if it was not there.</summary>
    internal int IndexOf(ulong lineage) => _lineages.GetValueOrDefault(lineage, -1);

    /// <summary>How many steps a task took itself.</summary>
    internal long StepsOf(ulong lineage) => IndexOf(lineage) is var index and >= 0 ? _steps[index] : 0;

    /// <summary>How many steps a task took together with all that it created, and they in turn.</summary>
    internal long SubtreeStepsOf(ulong lineage) => IndexOf(lineage) is var index and >= 0 ? _subtrees[index] : 0;

    /// <summary>The name of a shared resource; null if it is an object.</summary>
    internal string? NameOf(int shared) => _shared[shared].Name;

    /// <summary>Which shared object a task's announcement is about, if it is that one's; -1 if none.</summary>
    /// <param name="lineage">The task.</param>
    /// <param name="nth">The number of the announcement among those of the task, from 0.</param>
    internal int NamelessAt(ulong lineage, int nth) =>
        IndexOf(lineage) is var index and >= 0 ? _nameless.GetValueOrDefault((index, nth), -1) : -1;

    /// <summary>By index: how often each task and its descendants announced a shared resource.</summary>
    internal long[] AccessesOf(int shared)
    {
        var counts = new long[_steps.Length];
        foreach (var (task, count) in _shared[shared].Accesses)
        {
            counts[task] = count;
        }

        return WithDescendants(counts);
    }

    // A child has a higher index than its parent.
    private long[] WithDescendants(long[] counts)
    {
        for (var i = counts.Length - 1; i > 0; i--)
        {
            if (_parents[i] >= 0)
            {
                counts[_parents[i]] += counts[i];
            }
        }

        return counts;
    }

    /// <summary>A task of the counting run.</summary>
    internal readonly record struct ProfiledTask(ulong Lineage, int Parent, long Steps);

    /// <summary>A resource that tasks of the counting run shared.</summary>
    /// <param name="Name">Null for an object.</param>
    /// <param name="Accesses">Which tasks announced it how often.</param>
    /// <param name="Places">For an object, whose announcements they were, by their numbers: what else could it be known by?</param>
    internal sealed record SharedResource(
        string? Name, IReadOnlyList<(int Task, long Count)> Accesses, IReadOnlyList<(int Task, int Nth)> Places);
}

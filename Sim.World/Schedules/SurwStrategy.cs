namespace Sim.World;

/// <summary>
/// SURW: URW for a few events at a time. Each run selects one of the resources that tasks share; who touches it next is drawn by
/// how often each task still will, and all others are held in front of it until that one has. After Zhao, Wolff, Mathur and
/// Roychoudhury, "Selectively uniform concurrency testing", ASPLOS 2025.
/// </summary>
/// <remarks>
/// <para>Guarantee: all orders of the accesses to the selected resource have the same chance, if the counts are right and nothing
/// else orders the tasks, however much else they do.</para>
/// <para>Accesses are announcements (<c>YieldBeforeAsync</c>); the counts are the profile's. A resource is known again by its
/// name; an object, by whose announcement it is and as which of them. What is not held runs with the same chance for each, or, in
/// every second run, in a random order of tasks: bugs may need either. If the drawn task can or will not come, another one is
/// drawn. Without shared resources there is nothing to select: use URW.</para>
/// <para>Cost: a look at each of the ready and at its announcement.</para>
/// </remarks>
public sealed class SurwStrategy : SeededStrategy
{
    private readonly RunProfile _profile;
    private readonly long _patience;
    private TaskTable<Entry> _tasks = new();
    private int[] _free = new int[16];
    private long[] _counts = [];
    private string? _name;
    private int _selected;
    private int _resource;
    private long _intended;
    private long _waited;
    private bool _inOrder;
    private ulong _key;

    /// <summary>A strategy.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="profile">The counts.</param>
    /// <exception cref="ArgumentException">The profile knows no shared resource.</exception>
    public SurwStrategy(long seed, RunProfile profile)
        : base("surw", seed)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.SharedResources == 0)
        {
            throw new ArgumentException("The profile knows no resource that tasks share: there is nothing to select.", nameof(profile));
        }

        _profile = profile;
        // Longer than any task can take on its way, if the profile is right.
        _patience = 16 + (2 * profile.Steps);
    }

    /// <inheritdoc/>
    protected override void Restart()
    {
        _tasks.Clear();
        _selected = Source.Below(_profile.SharedResources);
        _name = _profile.NameOf(_selected);
        _counts = _profile.AccessesOf(_selected);
        _inOrder = Source.Below(2) == 1;
        _key = Source.Next();
        (_resource, _intended, _waited) = (-1, 0, 0);
    }

    /// <inheritdoc/>
    protected override int Choose(in DecisionPoint point)
    {
        if (_free.Length < point.Bound)
        {
            Array.Resize(ref _free, point.Bound * 2);
        }

        MeetAll(in point);
        if (++_waited > _patience)
        {
            // Whoever it is, he does not come, or somebody who polls keeps him from it.
            _intended = 0;
        }

        if (_intended == 0)
        {
            Intend(in point, heldOnly: false);
        }

        var free = 0;
        for (var i = 0; i < point.Bound; i++)
        {
            var task = point.TaskOf(i);
            if (task == 0 || task == _intended || !IsAccess(in point, i))
            {
                _free[free++] = i;
            }
        }

        return free == 0 ? Intend(in point, heldOnly: true)
            : _inOrder && _waited <= _patience ? FirstInOrder(in point, free)
            : _free[Source.Below(free)];
    }

    /// <inheritdoc/>
    public override void Took(in DecisionPoint point, int value)
    {
        var task = point.TaskOf(value);
        if (task == 0)
        {
            return;
        }

        Meet(in point, value, task);
        var access = IsAccess(in point, value);
        if (access || point.TryGetOperation(value, out _, out _))
        {
            ref var entry = ref _tasks[task];
            entry.Announcements++;
            entry.Left -= access && entry.Left > 0 ? 1 : 0;
        }

        if (access)
        {
            (_intended, _waited) = (0, 0);
        }
    }

    // Draws who accesses next, among the ready: by what they have left, which is at least the access they stand before.
    private int Intend(in DecisionPoint point, bool heldOnly)
    {
        var total = 0L;
        for (var i = 0; i < point.Bound; i++)
        {
            total += WeightOf(in point, i, heldOnly);
        }

        if (total == 0)
        {
            return 0;
        }

        var drawn = Source.Below(total);
        var value = 0;
        while ((drawn -= WeightOf(in point, value, heldOnly)) >= 0)
        {
            value++;
        }

        _intended = point.TaskOf(value);
        return value;
    }

    private long WeightOf(in DecisionPoint point, int value, bool heldOnly)
    {
        var task = point.TaskOf(value);
        return task == 0 ? 0
            : IsAccess(in point, value) ? Math.Max(1, _tasks[task].Left)
            : heldOnly ? 0
            : _tasks[task].Left;
    }

    private int FirstInOrder(in DecisionPoint point, int free)
    {
        var best = 0;
        var highest = 0UL;
        for (var i = 0; i < free; i++)
        {
            var task = point.TaskOf(_free[i]);
            var rank = SplitMix64.Mix(unchecked(_key + (ulong)(task != 0 ? task : -point.SequenceOf(_free[i]))));
            if (rank > highest)
            {
                (best, highest) = (_free[i], rank);
            }
        }

        return best;
    }

    private void MeetAll(in DecisionPoint point)
    {
        for (var i = 0; i < point.Bound; i++)
        {
            if (point.TaskOf(i) is > 0 and var task)
            {
                Meet(in point, i, task);
            }
        }
    }

    // A new task takes its share from who has created it, and with it, by the same chance, the intention.
    private void Meet(in DecisionPoint point, int value, long task)
    {
        if (_tasks[task].IsMet)
        {
            return;
        }

        var index = _profile.IndexOf(point.LineageOf(value));
        var own = index >= 0 ? _counts[index] : 0;
        _tasks[task] = new Entry { IsMet = true, Left = own };
        var parent = point.ParentOf(value);
        if (parent == 0 || own == 0 || _tasks[parent].Left is not (> 0 and var shared))
        {
            return;
        }

        if (parent == _intended && Source.Below(shared) < own)
        {
            _intended = task;
        }

        _tasks[parent].Left = Math.Max(0, shared - own);
    }

    private bool IsAccess(in DecisionPoint point, int value)
    {
        if (!point.TryGetOperation(value, out var resource, out _))
        {
            return false;
        }

        if (_resource < 0 && IsSelected(in point, value, resource))
        {
            _resource = resource;
        }

        return resource == _resource;
    }

    private bool IsSelected(in DecisionPoint point, int value, int resource) => _name is not null
        ? point.ResourceOf(resource) is string name && name.Equals(_name, StringComparison.Ordinal)
        : point.ResourceOf(resource) is not string
            && _profile.NamelessAt(point.LineageOf(value), _tasks[point.TaskOf(value)].Announcements) == _selected;

    private struct Entry
    {
        public bool IsMet;
        public int Announcements;

        /// <summary>How often it will still access what is selected, with those that it has yet to create.</summary>
        public long Left;
    }
}

namespace Sim.World;

/// <summary>
/// PCT: tasks have random priorities, the highest of the ready runs, and at depth - 1 random steps the task whose turn it is
/// falls below all others. After Burckhardt, Kothari, Musuvathi and Nagarakatte, "A randomized scheduler with probabilistic
/// guarantees of finding bugs", ASPLOS 2010.
/// </summary>
/// <remarks>
/// <para>Guarantee: a bug that takes d ordered events is found with a chance of at least 1/(n·k^(d-1)) in a run, for n tasks and
/// k steps with a choice; k is the profile's, or without one a guess. A depth far beyond the length of the program makes it useless.</para>
/// <para>Fair to what spins: a task that has had far more steps than in the profile falls below all others, so that who polls
/// does not keep the awaited one from its turn. A callback is an entity of its own. Of several flows of one task
/// (<c>Task.WhenAll</c>) any may go on.</para>
/// <para>Cost: a look at each of the ready.</para>
/// </remarks>
public sealed class PctStrategy : SeededStrategy
{
    private const int Patience = 16;

    private readonly RunProfile _profile;
    private readonly int _depth;

    // The step in the upper half, the number of the change in the lower.
    private readonly long[] _changes;
    private readonly long[] _loweredCallbacks;
    private TaskTable<Rank> _tasks = new();
    private ulong _key;
    private int _next;
    private int _step;
    private long _bottom;

    /// <summary>A strategy.</summary>
    /// <param name="depth">How many events of the bug must come in a certain order, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="profile">Tells how many steps have a choice, and how many steps a task takes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is less than 1.</exception>
    public PctStrategy(int depth, long seed, RunProfile profile)
        : base($"pct:{depth}", seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentNullException.ThrowIfNull(profile);
        _profile = profile;
        _depth = depth;
        _changes = new long[depth - 1];
        _loweredCallbacks = new long[depth - 1];
    }

    /// <inheritdoc/>
    protected override void Restart()
    {
        _tasks.Clear();
        Array.Clear(_loweredCallbacks);
        (_next, _step, _bottom) = (0, 0, 0);
        _key = Source.Next();
        var choices = LengthOrGuess(_profile.Choices);
        for (var i = 0; i < _changes.Length; i++)
        {
            _changes[i] = ((1L + Source.Below(choices)) << 32) | (uint)i;
        }

        Array.Sort(_changes);
    }

    /// <inheritdoc/>
    protected override int Choose(in DecisionPoint point)
    {
        var best = Highest(in point);
        _step++;
        for (; _next < _changes.Length && _changes[_next] >> 32 == _step; _next++)
        {
            Lower(in point, best, (int)_changes[_next]);
            best = Highest(in point);
        }

        Tire(point.TaskOf(best));
        return best;
    }

    private int Highest(in DecisionPoint point)
    {
        var (best, ties) = (0, 0);
        var highest = long.MinValue;
        for (var i = 0; i < point.Bound; i++)
        {
            var task = point.TaskOf(i);
            var priority = task == 0 ? OfCallback(point.SequenceOf(i)) : OfTask(in point, i, task);
            if (priority > highest)
            {
                (best, highest, ties) = (i, priority, 1);
            }
            else if (priority == highest && Source.Below(++ties) == 0)
            {
                // Another flow of the same task: each with the same chance.
                best = i;
            }
        }

        return best;
    }

    private long OfTask(in DecisionPoint point, int value, long task)
    {
        ref var rank = ref _tasks[task];
        if (rank.Priority == 0)
        {
            rank.Priority = Upper(Source.Next());
            rank.StepsLeft = Patience + (2 * _profile.StepsOf(point.LineageOf(value)));
        }

        return rank.Priority;
    }

    private long OfCallback(long sequence)
    {
        for (var i = 0; i < _next; i++)
        {
            if (_loweredCallbacks[i] == sequence)
            {
                return 1 + (int)_changes[i];
            }
        }

        return Upper(SplitMix64.Mix(unchecked(_key + (ulong)sequence)));
    }

    // Random priorities lie above those of the changes, which are 1 to depth - 1.
    private long Upper(ulong random) => (long)(random >> 2) + _depth;

    private void Lower(in DecisionPoint point, int value, int change)
    {
        var task = point.TaskOf(value);
        if (task == 0)
        {
            _loweredCallbacks[_next] = point.SequenceOf(value);
        }
        else
        {
            _tasks[task].Priority = 1 + change;
        }
    }

    private void Tire(long task)
    {
        if (task != 0 && --_tasks[task].StepsLeft < 0)
        {
            _tasks[task] = new Rank { Priority = --_bottom, StepsLeft = Patience };
        }
    }

    private struct Rank
    {
        public long Priority;
        public long StepsLeft;
    }
}

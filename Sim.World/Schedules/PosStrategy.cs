namespace Sim.World;

/// <summary>
/// POS: everything that is ready has a random priority, the highest runs, and what conflicts with it draws a new one. So the
/// orders that matter are sampled and the others are not counted twice. After Yuan, Yang and Gu, "Partial order aware
/// concurrency sampling", CAV 2018.
/// </summary>
/// <remarks>
/// <para>Guarantee: every order of conflicting events has a chance, most of them a far better one than in a random walk, where
/// events that wait long are nearly sure to have run.</para>
/// <para>What a step does is what it announced (<c>YieldBeforeAsync</c>) and what it touched; what nobody told conflicts with
/// nothing.</para>
/// <para>Fair: an unlucky event waits for n others with a chance of 1/n, which is too long where they poll; so all draw anew after
/// every 1,024 choices.</para>
/// <para>Cost: a look at each of the ready, and a second one after a step that has told what it does.</para>
/// </remarks>
/// <param name="seed">The seed.</param>
public sealed class PosStrategy(long seed) : SeededStrategy("pos", seed)
{
    private const int Patience = 1_024;

    // What the step that runs does.
    private readonly List<(int Resource, bool IsWrite)> _done = [];

    // How often the pending event of a task has drawn anew.
    private TaskTable<ulong> _draws = new();
    private ulong _key;
    private int _choices;

    /// <inheritdoc/>
    protected override void Restart()
    {
        _done.Clear();
        _draws.Clear();
        _key = Source.Next();
        _choices = 0;
    }

    /// <inheritdoc/>
    protected override int Choose(in DecisionPoint point)
    {
        if (_done.Count > 0)
        {
            RedrawConflicting(in point);
        }

        if (++_choices % Patience == 0)
        {
            _key = Source.Next();
        }

        var best = 0;
        var highest = 0UL;
        for (var i = 0; i < point.Bound; i++)
        {
            // An event has its sequence number for itself, so that a task's next one has another priority.
            var task = point.TaskOf(i);
            var key = unchecked(_key + ((ulong)point.SequenceOf(i) * 0x9E3779B97F4A7C15UL));
            var priority = SplitMix64.Mix(task == 0 ? key : key ^ (_draws[task] << 32));
            if (priority > highest)
            {
                (best, highest) = (i, priority);
            }
        }

        return best;
    }

    /// <inheritdoc/>
    public override void Took(in DecisionPoint point, int value)
    {
        _done.Clear();
        if (point.TryGetOperation(value, out var resource, out var isWrite))
        {
            _done.Add((resource, isWrite));
        }
    }

    /// <inheritdoc/>
    public override void Touched(int resource, bool isWrite) => _done.Add((resource, isWrite));

    private void RedrawConflicting(in DecisionPoint point)
    {
        for (var i = 0; i < point.Bound; i++)
        {
            if (!point.TryGetOperation(i, out var resource, out var isWrite))
            {
                continue;
            }

            foreach (var done in _done)
            {
                if (done.Resource == resource && (isWrite || done.IsWrite))
                {
                    _draws[point.TaskOf(i)]++;
                    break;
                }
            }
        }
    }
}

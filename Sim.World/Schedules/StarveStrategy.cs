using System.Numerics;
using Sim.Clock;

namespace Sim.World;

/// <summary>
/// Starves work that is ready while time passes. In one or two stretches of a run some tasks get no turn, and if nobody else has
/// work, the clock moves over the next timers; before some steps time passes, mostly little and rarely a lot. So a timeout beats an
/// answer that is all but there, and a lease runs out between the look at it and the write: what cannot show where time moves only
/// when there is nothing to do. After the chaos mode of rr (O'Callahan, "Introducing rr chaos mode", 2016), in virtual time.
/// </summary>
/// <remarks>
/// <para>Guarantee: none, but every schedule with every choice of starved tasks has a chance.</para>
/// <para>Of starving, pricing and shuffling, each seed has some and not others: an always-on mix hides what each of them finds
/// alone (Groce and others, "Swarm testing", ISSTA 2012).</para>
/// <para>Cost: a look at each of the ready.</para>
/// </remarks>
public sealed class StarveStrategy : SeededStrategy
{
    // In tenths: how many tasks are starved in a stretch.
    private static readonly int[] _rates = [1, 3, 5];

    private readonly long _profiledSteps;
    private readonly bool _starves;
    private readonly bool _shuffles;
    private readonly int _priceEvery;
    private readonly List<long> _starts = [];

    // In which stretch it was last decided whether a task is starved, and what came of it.
    private TaskTable<(int Stretch, bool IsStarved)> _tasks = new();
    private long _steps;
    private int _stretch;
    private int _rate;
    private bool _starvesCallbacks;
    private long _lastBefore;
    private long _step;
    private long _endsAt;
    private TimeSpan _length;
    private Instant? _endsBy;

    /// <summary>A strategy.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="profile">Tells how long the scenario is.</param>
    public StarveStrategy(long seed, RunProfile profile)
        : base("starve", seed)
    {
        ArgumentNullException.ThrowIfNull(profile);
        _profiledSteps = profile.Steps;
        var knobs = new SplitMix64(~seed);
        var mix = knobs.Below(4);
        _starves = mix != 0;
        PricesWork = mix != 1;
        _shuffles = knobs.Below(2) == 0;
        _priceEvery = 4 << knobs.Below(5);
    }

    /// <inheritdoc/>
    public override bool PricesWork { get; }

    private bool IsStretch => _step < _endsAt;

    /// <inheritdoc/>
    protected override void Restart()
    {
        _tasks.Clear();
        _starts.Clear();
        (_stretch, _step, _endsAt, _lastBefore, _endsBy) = (0, 0, 0, 0, null);
        _steps = LengthOrGuess(_profiledSteps);
        for (var left = _starves ? 1 + Source.Below(2) : 0; left > 0; left--)
        {
            // Behind a step, of which the first is number 1.
            _starts.Add(1 + Source.Below(_steps));
        }
    }

    /// <inheritdoc/>
    public override void Took(in DecisionPoint point, int value)
    {
        _step++;
        if (!IsStretch && _starts.Remove(_step))
        {
            Begin(point.SequenceOf(point.Ready - 1));
        }
    }

    /// <inheritdoc/>
    protected override int Choose(in DecisionPoint point)
    {
        var fed = 0;
        for (var i = 0; i < point.Ready; i++)
        {
            fed += IsStarved(in point, i) ? 0 : 1;
        }

        // Where all are starved and no timer is left to go first, one of them runs after all.
        var turn = _shuffles ? Source.Below(fed == 0 ? point.Ready : fed) : 0;
        for (var i = 0; i < point.Ready; i++)
        {
            if ((fed == 0 || !IsStarved(in point, i)) && turn-- == 0)
            {
                return i;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    protected override bool LetTimePass(in DecisionPoint point)
    {
        for (var i = 0; i < point.Ready; i++)
        {
            if (!IsStarved(in point, i))
            {
                return false;
            }
        }

        // The first timer goes first however far it is; from then on the stretch has its length.
        _endsBy ??= point.Deadline + _length;
        if (point.Deadline <= _endsBy)
        {
            return true;
        }

        _endsAt = _step;
        return false;
    }

    /// <inheritdoc/>
    protected override int Price(in DecisionPoint point) =>
        Source.Below(_priceEvery) == 0 ? 1 + Source.Below(point.Bound - 1) : 0;

    // Steps and time are both bounded: a tenth of the run, and by powers of ten from a millisecond to a quarter of an hour.
    private void Begin(long lastSequence)
    {
        _stretch++;
        _rate = _rates[Source.Below(_rates.Length)];
        _starvesCallbacks = Source.Below(10) < _rate;
        _lastBefore = lastSequence;
        _endsAt = _step + (1L << Source.Below(1 + BitOperations.Log2((ulong)(1 + (_steps / 10)))));
        _length = WorkCost.Of(4 + Source.Below(WorkCost.Bound - 4));
        _endsBy = null;
    }

    // Main, which is the first task, is starved more often: what it alone does is what others wait for.
    private bool IsStarved(in DecisionPoint point, int value)
    {
        if (!IsStretch)
        {
            return false;
        }

        var number = point.TaskOf(value);
        if (number == 0)
        {
            // A timer that fires in the stretch is what the others are starved for.
            return _starvesCallbacks && point.SequenceOf(value) <= _lastBefore;
        }

        ref var task = ref _tasks[number];
        if (task.Stretch != _stretch)
        {
            task = (_stretch, Source.Below(10) < (number == 1 ? Math.Max(3, _rate) : _rate));
        }

        return task.IsStarved;
    }
}

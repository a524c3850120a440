namespace Sim.World;

/// <summary>
/// Delay bounding: first in first out, except that a few times whoever is next must let all others go first that are ready.
/// After Emmi, Qadeer and Rakamarić, "Delay-bounded scheduling", POPL 2011.
/// </summary>
/// <remarks>
/// <para>Guarantee: a bug that takes at most b delays is found with a chance of at least 1/k^b in a run, for k steps with a choice
/// (the profile's, or without one a guess), however many tasks there are. With no delays it is first in first out.</para>
/// <para>Cost: nothing while nothing is delayed, then a look at some of the ready.</para>
/// </remarks>
public sealed class DelayStrategy : SeededStrategy
{
    // At which of the steps with a choice, counted from 1, somebody is delayed.
    private readonly int[] _points;
    private readonly int _choices;

    // In the order in which they were delayed: what, and the last of those that go first.
    private readonly List<(long Sequence, long Until)> _delayed = [];
    private int _next;
    private int _step;

    /// <summary>A strategy.</summary>
    /// <param name="delays">How many delays, at least 0.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="profile">Tells how many steps have a choice.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delays"/> is negative.</exception>
    public DelayStrategy(int delays, long seed, RunProfile profile)
        : base($"delay:{delays}", seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delays);
        ArgumentNullException.ThrowIfNull(profile);
        _points = new int[delays];
        _choices = profile.Choices;
    }

    /// <inheritdoc/>
    protected override void Restart()
    {
        _delayed.Clear();
        (_next, _step) = (0, 0);
        var choices = (int)LengthOrGuess(_choices);
        for (var i = 0; i < _points.Length; i++)
        {
            _points[i] = 1 + Source.Below(choices);
        }

        Array.Sort(_points);
    }

    /// <inheritdoc/>
    protected override int Choose(in DecisionPoint point)
    {
        var turn = Turn(in point);
        _step++;
        for (; _next < _points.Length && _points[_next] == _step; _next++)
        {
            var sequence = point.SequenceOf(turn);
            _delayed.RemoveAll(delayed => delayed.Sequence == sequence);
            _delayed.Add((sequence, point.SequenceOf(point.Bound - 1)));
            turn = Turn(in point);
        }

        return turn;
    }

    /// <inheritdoc/>
    public override void Took(in DecisionPoint point, int value)
    {
        for (var i = 0; i < _delayed.Count; i++)
        {
            if (_delayed[i].Sequence == point.SequenceOf(value))
            {
                _delayed.RemoveAt(i);
                return;
            }
        }
    }

    // The oldest that is not delayed, or before it a delayed one that all have passed that were to go first.
    private int Turn(in DecisionPoint point)
    {
        var turn = 0;
        while (turn < point.Bound && DelayOf(point.SequenceOf(turn)) >= 0)
        {
            turn++;
        }

        var before = turn < point.Bound ? point.SequenceOf(turn) : long.MaxValue;
        var first = -1;
        for (var i = 0; i < point.Bound && _delayed.Count > 0; i++)
        {
            var delay = DelayOf(point.SequenceOf(i));
            if (delay >= 0 && _delayed[delay].Until < before && (first < 0 || delay < first))
            {
                (turn, first) = (i, delay);
            }
        }

        return turn;
    }

    private int DelayOf(long sequence)
    {
        for (var i = 0; i < _delayed.Count; i++)
        {
            if (_delayed[i].Sequence == sequence)
            {
                return i;
            }
        }

        return -1;
    }
}

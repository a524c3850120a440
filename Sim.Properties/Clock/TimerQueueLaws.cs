using FsCheck;
using FsCheck.Fluent;
using Sim.Clock;

namespace Sim.Properties;

[Properties(MaxTest = 1_000, QuietOnSuccess = true)]
public class TimerQueueLaws
{
    /// <summary>What to do to the queue, and a number that says with which entry or deadline.</summary>
    public enum Act
    {
        Add,
        Remove,
        AddAgain,
        TakeDue,
        TakeAllDue,
    }

    private static readonly Gen<(Act Act, int Number)> _step =
        from act in Gen.Frequency(
            (12, Gen.Constant(Act.Add)), (4, Gen.Constant(Act.Remove)), (2, Gen.Constant(Act.AddAgain)),
            (3, Gen.Constant(Act.TakeDue)), (1, Gen.Constant(Act.TakeAllDue)))
        from number in Gen.Choose(0, 12)
        select (act, number);

    [Property(EndSize = 150)]
    public Property Queue_AgreesWithASortedList()
    {
        var steps = Arb.From(_step.ArrayOf(), static steps => ArrayShrink(steps));
        return Prop.ForAll(steps, static steps => new SortedListModel().Agrees(steps, out var difference) ? true.ToProperty() : false.Label(difference));
    }

    [NUnit.Framework.Test]
    public void Model_ThatFiresTiesLastInFirstOut_IsRefutedByTwoSteps()
    {
        var steps = Refutation.Of(
            Arb.From(_step.ArrayOf(), static steps => ArrayShrink(steps)),
            static steps => new SortedListModel(lastFirst: true).Agrees(steps, out _));
        NUnit.Framework.Assert.That(steps, NUnit.Framework.Has.Length.EqualTo(2), string.Join(' ', steps));
    }

    private static IEnumerable<(Act, int)[]> ArrayShrink((Act Act, int Number)[] steps)
    {
        for (var chunk = steps.Length; chunk >= 1; chunk /= 2)
        {
            for (var start = 0; start < steps.Length; start += chunk)
            {
                yield return [.. steps[..start], .. steps[Math.Min(start + chunk, steps.Length)..]];
            }
        }

        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Number > 0)
            {
                yield return [.. steps[..i], (steps[i].Act, steps[i].Number / 2), .. steps[(i + 1)..]];
            }
        }
    }

    private sealed class Entry(int name) : TimerEntry
    {
        public override void Fire()
        {
        }

        public override string ToString() => $"entry {name} for {When}";
    }

    /// <summary>The queue as a list that is sorted whenever somebody looks.</summary>
    private sealed class SortedListModel(bool lastFirst = false)
    {
        private readonly TimerQueue _queue = new();
        private readonly List<Entry> _made = [];
        private List<(Entry Entry, long When, int Sequence)> _model = [];
        private int _sequence;

        public bool Agrees((Act Act, int Number)[] steps, out string difference)
        {
            for (var i = 0; i < steps.Length; i++)
            {
                difference = $"step {i + 1}, {steps[i].Act} {steps[i].Number}: {Apply(steps[i].Act, steps[i].Number)}";
                _queue.AssertInvariants();
                if (!difference.EndsWith(": ", StringComparison.Ordinal))
                {
                    return false;
                }
            }

            difference = "at the end: " + Apply(Act.TakeAllDue, int.MaxValue);
            return difference == "at the end: ";
        }

        private string Apply(Act act, int number)
        {
            var old = _made.Count == 0 ? null : _made[number % _made.Count];
            switch (act)
            {
                case Act.Add:
                    _made.Add(new Entry(_made.Count));
                    Add(_made[^1], number);
                    break;
                case Act.AddAgain when old is { IsQueued: false }:
                    Add(old, number);
                    break;
                case Act.Remove when old is not null:
                    var waits = _model.RemoveAll(item => item.Entry == old) > 0;
                    return _queue.Remove(old) == waits ? Compare() : $"removing {old} gave {!waits}";
                case Act.TakeDue:
                    return TakeDue(number) ?? Compare();
                case Act.TakeAllDue:
                    while (_model.Count > 0 && _model[0].When <= number)
                    {
                        if (TakeDue(number) is { } difference)
                        {
                            return difference;
                        }
                    }

                    return TakeDue(number) ?? Compare();
            }

            return Compare();
        }

        private void Add(Entry entry, long when)
        {
            _queue.Add(entry, new Instant(when));
            _model.Add((entry, when, _sequence++));
            var direction = lastFirst ? -1 : 1;
            _model = [.. _model.OrderBy(static item => item.When).ThenBy(item => direction * item.Sequence)];
        }

        private string? TakeDue(long now)
        {
            var taken = _queue.TryTakeDue(new Instant(now), out var entry);
            var due = _model.Count > 0 && _model[0].When <= now ? _model[0].Entry : null;
            if (due is not null)
            {
                _model.RemoveAt(0);
            }

            return taken == (due is not null) && (!taken || ReferenceEquals(entry, due)) ? null : $"took {entry}, not {due}";
        }

        private string Compare() =>
            _queue.Count != _model.Count ? $"{_queue.Count} wait, not {_model.Count}"
            : _queue.NextDeadline?.Ticks != (_model.Count == 0 ? null : _model[0].When) ? $"next deadline {_queue.NextDeadline}"
            : !lastFirst && !_queue.ToSortedList().SequenceEqual(_model.Select(static item => item.Entry)) ? "another order"
            : "";
    }
}

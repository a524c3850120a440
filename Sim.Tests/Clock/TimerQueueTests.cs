using NUnit.Framework;
using Sim.Clock;

namespace Sim.Tests;

public sealed class TimerQueueTests
{
    private readonly TimerQueue _queue = new();

    [SetUp]
    public void Empty() => _queue.Clear();

    [Test]
    public void Entries_ComeOutByDeadline()
    {
        foreach (var when in (int[])[5, 3, 9, 1, 7])
        {
            Add(when, when);
        }

        Assert.That(_queue.NextDeadline, Is.EqualTo(new Instant(1)));
        Assert.That(Take(100), Is.EqualTo((int[])[1, 3, 5, 7, 9]));
        Assert.That(_queue.NextDeadline, Is.Null);
    }

    /// <summary>Rule 9 and invariant A6, for every number of equal timers, with and without later ones in the heap.</summary>
    [Test]
    public void EqualDeadlines_ComeOutInCreationOrder([Range(1, 30)] int count, [Values] bool withLaterOne)
    {
        if (withLaterOne)
        {
            Add(1000, -1);
        }

        for (var i = 0; i < count; i++)
        {
            Add(10, i);
        }

        Assert.That(Take(10), Is.EqualTo(Enumerable.Range(0, count)));
    }

    /// <summary>Rule 6: due when the deadline is now or earlier, not before.</summary>
    [Test]
    public void AnEntry_IsDueAtItsDeadline_NotATickEarlier()
    {
        Add(10, 1);
        Assert.That(_queue.TryTakeDue(new Instant(9), out _), Is.False);
        Assert.That(_queue.TryTakeDue(new Instant(10), out var entry), Is.True);
        Assert.That(entry.When, Is.EqualTo(new Instant(10)), "rule 12: the deadline stays as asked");
        Assert.That(entry.IsQueued, Is.False);
    }

    /// <summary>Time-outs: most timers are taken out long before they are due, and leave nothing behind.</summary>
    [Test]
    public void EntriesThatAreRemovedInMasses_LeaveTheOthersInOrder_AndAreLetGo()
    {
        var kept = new List<int>();
        for (var round = 0; round < 50; round++)
        {
            var entries = Enumerable.Range(0, 100).Select(i => Add((round * 37 % 50 * 1000) + (i * 7 % 100), (round * 100) + i)).ToArray();
            kept.Add(round * 100);
            foreach (var entry in entries[1..])
            {
                Assert.That(_queue.Remove(entry), Is.True);
                Assert.That(_queue.Remove(entry), Is.False);
            }

            _queue.AssertInvariants();
            Assert.That(_queue.Count, Is.EqualTo(round + 1));
        }

        Assert.That(_queue.ToSortedList(), Has.Count.EqualTo(50));
        Assert.That(Take(1_000_000), Is.EqualTo(kept.OrderBy(static id => id / 100 * 37 % 50)));
        Assert.That(_queue.NextDeadline, Is.Null);
    }

    [Test]
    public void AnEntryThatIsMovedAgainAndAgain_IsThereOnce()
    {
        var entry = Add(5, 1);
        for (var i = 0; i < 1_000; i++)
        {
            _queue.Remove(entry);
            _queue.Add(entry, new Instant(i % 2 == 0 ? 5 : 7));
        }

        _queue.AssertInvariants();
        Assert.That(_queue.NextDeadline, Is.EqualTo(new Instant(7)));
        Assert.That(Take(10), Is.EqualTo((int[])[1]));
    }

    [Test]
    public void AnyEntry_CanBeRemoved_AndTheOthersKeepTheirOrder([Range(0, 40)] int removed)
    {
        var entries = Enumerable.Range(0, 41).Select(i => Add(i * 7 % 41, i * 7 % 41)).ToArray();
        var victim = entries[removed];
        Assert.That(_queue.Remove(victim), Is.True);
        Assert.That(victim.IsQueued, Is.False);
        Assert.That(_queue.Remove(victim), Is.False, "a second removal does nothing");
        _queue.AssertInvariants();
        Assert.That(Take(100), Is.EqualTo(Enumerable.Range(0, 41).Where(i => i != victim.Id)));
    }

    /// <summary>Rule 10's visible effect: a removed entry is gone at once and is nobody's deadline any more.</summary>
    [Test]
    public void ARemovedEntry_LeavesNoDeadlineBehind()
    {
        var first = Add(1, 1);
        Add(2, 2);
        _queue.Remove(first);
        Assert.That(_queue.NextDeadline, Is.EqualTo(new Instant(2)));
        Assert.That(_queue.Count, Is.EqualTo(1));
    }

    [Test]
    public void ReArming_PutsAnEntryBehindItsEquals()
    {
        var first = Add(10, 1);
        Add(10, 2);
        _queue.Remove(first);
        _queue.Add(first, new Instant(10));
        Assert.That(Take(10), Is.EqualTo((int[])[2, 1]));
    }

    [Test]
    public void AddingTwice_IsRefused_AndSoIsTheQueueOfAnother()
    {
        var entry = Add(1, 1);
        Assert.That(() => _queue.Add(entry, new Instant(2)), Throws.InvalidOperationException.With.Message.Contains("already waits"));
        Assert.That(() => new TimerQueue().Remove(entry), Throws.InvalidOperationException.With.Message.Contains("another queue"));
        Assert.That(entry.When, Is.EqualTo(new Instant(1)));
    }

    [Test]
    public void Clear_LetsGoOfAll()
    {
        var entries = Enumerable.Range(0, 20).Select(i => Add(i, i)).ToArray();
        _queue.Clear();
        Assert.That(_queue.Count, Is.Zero);
        Assert.That(entries.Any(entry => entry.IsQueued), Is.False);
        Assert.That(_queue.First, Is.Null);
        _queue.Add(entries[3], new Instant(1));
        Assert.That(_queue.First, Is.SameAs(entries[3]));
    }

    [Test]
    public void TheSortedCopy_IsInFiringOrder_AndTakesNothingOut()
    {
        for (var i = 0; i < 50; i++)
        {
            Add(i * 13 % 10, i);
        }

        var copy = _queue.ToSortedList().Select(entry => ((Entry)entry).Id).ToArray();
        Assert.That(Take(100), Is.EqualTo(copy));
    }

    /// <summary>Removal looks at one path of the heap, not at the heap: as many comparisons for a million as levels.</summary>
    [Test]
    public void AMillionEntries_AreCancelledInAnyOrder_AndTheRestComesOutSorted()
    {
        const int count = 1_000_000;
        var entries = new Entry[count];
        var x = 42UL;
        for (var i = 0; i < count; i++)
        {
            entries[i] = Add((int)(Next(ref x) % 100_000), i);
        }

        for (var i = 0; i < count; i++)
        {
            if (i % 10 != 0)
            {
                // Scattered: 7919 is prime to the count.
                _queue.Remove(entries[(int)(i * 7919L % count)]);
            }
        }

        _queue.AssertInvariants();
        Assert.That(_queue.Count, Is.EqualTo(count / 10));
        var last = default(Entry);
        while (_queue.TryTakeDue(Instant.MaxValue, out var taken))
        {
            var entry = (Entry)taken;
            Assert.That(last is null || last.When < entry.When || (last.When == entry.When && last.Id < entry.Id), Is.True);
            last = entry;
        }
    }

    /// <summary>Against a sorted list as the model, the invariants after every step.</summary>
    [Test]
    public void RandomOperations_BehaveAsASortedList([Values(1UL, 2UL, 3UL, 4UL, 5UL)] ulong seed)
    {
        var model = new SortedDictionary<(long When, long Sequence), Entry>();
        var outside = Enumerable.Range(0, 60).Select(id => new Entry(id)).ToList();
        for (var step = 0; step < 4000; step++)
        {
            var dice = Next(ref seed) % 10;
            if (dice < 5 && outside.Count > 0)
            {
                var entry = outside[(int)(Next(ref seed) % (ulong)outside.Count)];
                outside.Remove(entry);
                _queue.Add(entry, new Instant((long)(Next(ref seed) % 20)));
                model.Add((entry.When.Ticks, entry.Sequence), entry);
            }
            else if (dice < 8 && model.Count > 0)
            {
                var (key, entry) = model.ElementAt((int)(Next(ref seed) % (ulong)model.Count));
                Assert.That(_queue.Remove(entry), Is.True);
                model.Remove(key);
                outside.Add(entry);
            }
            else
            {
                var now = (long)(Next(ref seed) % 20);
                var due = model.Count > 0 && model.First().Key.When <= now ? model.First().Value : null;
                Assert.That(_queue.TryTakeDue(new Instant(now), out var taken) ? taken : null, Is.SameAs(due));
                if (due is not null)
                {
                    model.Remove((due.When.Ticks, due.Sequence));
                    outside.Add(due);
                }
            }

            _queue.AssertInvariants();
            Assert.That(_queue.Count, Is.EqualTo(model.Count));
            Assert.That(_queue.First, Is.SameAs(model.Count == 0 ? null : model.First().Value));
        }
    }

    private static ulong Next(ref ulong x)
    {
        x = (x * 6364136223846793005UL) + 1442695040888963407UL;
        return x >> 33;
    }

    private Entry Add(int when, int id)
    {
        var entry = new Entry(id);
        _queue.Add(entry, new Instant(when));
        return entry;
    }

    private List<int> Take(long now)
    {
        var taken = new List<int>();
        while (_queue.TryTakeDue(new Instant(now), out var entry))
        {
            taken.Add(((Entry)entry).Id);
            _queue.AssertInvariants();
        }

        return taken;
    }

    private sealed class Entry(int id) : TimerEntry
    {
        public int Id => id;

        public override void Fire() => throw new InvalidOperationException("The queue does not fire.");
    }
}

using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Which item comes next: oldest, newest, or least; of equals the oldest.</summary>
public sealed class QueueOrderTests
{
    [Test]
    public void TheOldest_TheNewest_TheLeast()
    {
        int[] items = [3, 1, 2, 5, 4];
        Assert.That(Through(new AsyncQueue<int>(), items), Is.EqualTo(items));
        Assert.That(Through(new AsyncLifoQueue<int>(), items), Is.EqualTo((int[])[4, 5, 2, 1, 3]));
        Assert.That(Through(new AsyncPriorityQueue<int>(), items), Is.EqualTo((int[])[1, 2, 3, 4, 5]));
        var backwards = new AsyncPriorityQueue<int>(comparer: Comparer<int>.Create(static (left, right) => right.CompareTo(left)));
        Assert.That(Through(backwards, items), Is.EqualTo((int[])[5, 4, 3, 2, 1]));
    }

    /// <summary>Where asyncio leaves it to its heap, equal items come in the order in which they were put in (A6).</summary>
    [Test]
    public void EqualItems_ComeInTheOrderTheyWerePutIn()
    {
        var byFirstLetter = Comparer<string>.Create(static (left, right) => left[0].CompareTo(right[0]));
        Assert.That(
            Through(new AsyncPriorityQueue<string>(comparer: byFirstLetter), ["b1", "a1", "b2", "c1", "a2", "b3", "a3", "b4"]),
            Is.EqualTo((string[])["a1", "a2", "a3", "b1", "b2", "b3", "b4", "c1"]));
    }

    /// <summary>Long runs of puts and gets against the plainest thing that does the same: a list, searched.</summary>
    [Test]
    public void ThePriorityQueue_DoesWhatASearchedListDoes([Range(1, 20)] int seed)
    {
        var state = (uint)seed * 2654435761;
        var queue = new AsyncPriorityQueue<(int Rank, int Number)>(comparer: Comparer<(int Rank, int Number)>.Create(static (left, right) => left.Rank.CompareTo(right.Rank)));
        List<(int Rank, int Number)> list = [];
        for (var i = 0; i < 2000; i++)
        {
            state = state * 1664525 + 1013904223;
            if (state >> 31 == 0 || list.Count == 0)
            {
                var item = ((int)(state >> 16) % 10, i);
                queue.PutNoWait(item);
                list.Add(item);
            }
            else
            {
                var least = list.MinBy(static item => item.Rank);
                list.Remove(least);
                Assert.That(queue.GetNoWait(), Is.EqualTo(least));
            }
        }

        Assert.That(queue.Count, Is.EqualTo(list.Count));
    }

    /// <summary>A comparer that throws leaves the queue as it was: it throws in the call that asked it.</summary>
    [Test]
    public void AComparerThatThrows_ChangesNothing()
    {
        var broken = false;
        var queue = new AsyncPriorityQueue<int>(comparer: Comparer<int>.Create((left, right) => broken ? throw new FormatException() : left.CompareTo(right)));
        foreach (var item in (int[])[3, 1, 2])
        {
            queue.PutNoWait(item);
        }

        broken = true;
        Assert.That(() => queue.PutNoWait(0), Throws.TypeOf<FormatException>());
        Assert.That(() => queue.GetNoWait(), Throws.TypeOf<FormatException>());
        Assert.That($"{queue}", Is.EqualTo("a queue (3 items, 3 unfinished)"));
        broken = false;
        Assert.That(Through(queue, [4]), Is.EqualTo((int[])[1, 2, 3, 4]));
    }

    private static List<T> Through<T>(AsyncQueue<T> queue, T[] items)
    {
        foreach (var item in items)
        {
            queue.PutNoWait(item);
        }

        List<T> got = [];
        while (queue.TryGet(out var item))
        {
            got.Add(item);
        }

        return got;
    }
}

using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Values that belong to a loop: one for each, on whichever thread it is first asked for.</summary>
public class LoopLocalTests
{
    [Test]
    public void EachLoop_HasItsOwnValue_MadeOnce()
    {
        using var first = Asyncio.NewVirtualEventLoop();
        using var second = Asyncio.NewVirtualEventLoop();
        var made = 0;
        var local = new LoopLocal<string>(_ => $"value {++made}");
        Assert.That(local.Find(first), Is.Null);
        Assert.That((local[first], local[second], local[first], local.Find(second)), Is.EqualTo(("value 1", "value 2", "value 1", "value 2")));
        local.Set(first, "mine");
        Assert.That((local[first], made), Is.EqualTo(("mine", 2)));
    }

    [Test]
    public void OnManyThreads_EveryValueIsMadeOnce_AndNoneIsLost()
    {
        using var loop = Asyncio.NewVirtualEventLoop();
        var made = new int[200];
        var locals = Enumerable.Range(0, made.Length).Select(i => new LoopLocal<object>(_ =>
        {
            Interlocked.Increment(ref made[i]);
            return new object();
        })).ToArray();
        var seen = new object[4][];
        var threads = Enumerable.Range(0, seen.Length).Select(number => new Thread(() => seen[number] = [.. locals.Select(local => local[loop])])).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.That(made, Has.All.EqualTo(1));
        Assert.That(seen, Has.All.EqualTo(seen[0]));
    }
}

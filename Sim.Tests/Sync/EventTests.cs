using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>The event: a flag that others wait for (rule 83).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class EventTests(LoopKind kind) : LoopFixture(kind)
{
    private AsyncEvent _event = new();

    [SetUp]
    public void NewEvent() => _event = new AsyncEvent();

    [Test]
    public void Set_WakesAll_InTheOrderOfTheirArrival() => Run(async () =>
    {
        var tasks = Enumerable.Range(1, 3).Select(i => Asyncio.CreateTask(() => WaitAsync($"{i}"))).ToArray();
        await Asyncio.YieldAsync();
        Assert.That($"{_event}", Is.EqualTo("an event (not set, 3 waiting)"));
        _event.Set();
        Assert.That(Log, Is.Empty, "never inline");
        await Asyncio.YieldAsync();
        Assert.That(Log, Is.EqualTo((string[])["1", "2", "3"]));
        Assert.That($"{_event}", Is.EqualTo("an event (set)"));
        Assert.That(tasks, Has.All.Property("IsDone").True);
    });

    /// <summary>asyncio: test_locks.EventTests.test_clear_with_waiters; rule 83: who was woken goes on though the flag is down.</summary>
    [Test]
    public void ClearAfterSet_DoesNotCallBackWhoWasWoken() => Run(async () =>
    {
        var task = Asyncio.CreateTask(() => WaitAsync("waiter"));
        await Asyncio.YieldAsync();
        _event.Set();
        _event.Clear();
        Assert.That(_event.IsSet, Is.False);
        _event.Set();
        _event.Set();
        _event.Clear();
        Assert.That($"{_event}", Is.EqualTo("an event (not set, 1 waiting)"));
        var late = Asyncio.CreateTask(() => WaitAsync("late"));
        await Asyncio.YieldAsync();
        Assert.That(Log, Is.EqualTo((string[])["waiter"]));
        Assert.That(task.IsDone, Is.True);
        await SettleAsync();
        Assert.That(late.IsDone, Is.False);
        late.Cancel();
    });

    [Test]
    public void ACancelledWaiter_LeavesTheLine_TheOthersStay() => Run(async () =>
    {
        var first = Asyncio.CreateTask(() => WaitAsync("first"));
        var second = Asyncio.CreateTask(() => WaitAsync("second"));
        await Asyncio.YieldAsync();
        first.Cancel();
        _event.Set();
        await second;
        Assert.That(first.IsCancelled, Is.True);
        Assert.That(Log, Is.EqualTo((string[])["second"]));
        Assert.That($"{_event}", Is.EqualTo("an event (set)"));
    });

    private async Task WaitAsync(string name)
    {
        await _event.WaitAsync();
        Log.Add(name);
    }
}

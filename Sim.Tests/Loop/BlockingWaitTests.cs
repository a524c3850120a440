using System.Collections.Concurrent;
using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>A blocking wait on the loop thread would wait for work that could never run: refused, and the place named.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class BlockingWaitTests(LoopKind kind) : LoopFixture(kind)
{
    private static IEnumerable<TestCaseData> Waits()
    {
        var never = new TaskCompletionSource<int>().Task;
        yield return Case("Task.Result", () => _ = never.Result);
        yield return Case("Task.Wait()", () => never.Wait());
        yield return Case("TaskAwaiter.GetResult()", () => never.GetAwaiter().GetResult());
        yield return Case("TaskAwaiter.GetResult()", () => ((Task)never).GetAwaiter().GetResult());
        yield return Case("Task.WaitAll()", () => Task.WaitAll(never, never));
        yield return Case("SemaphoreSlim.Wait()", () => new SemaphoreSlim(0).Wait());
        yield return Case("ManualResetEventSlim.Wait()", () => new ManualResetEventSlim().Wait());
        yield return Case("WaitHandle.WaitOne()", () => new ManualResetEvent(false).WaitOne());
        yield return Case("Monitor.Wait()", () =>
        {
            var gate = new object();
            lock (gate)
            {
                Monitor.Wait(gate);
            }
        });
        yield return Case("CountdownEvent.Wait()", () => new CountdownEvent(1).Wait());
        yield return Case("BlockingCollection.Take()", () => new BlockingCollection<int>().Take());

        static TestCaseData Case(string api, Action wait) => new(api, wait);
    }

    [TestCaseSource(nameof(Waits))]
    public void ABlockingWait_IsRefused_AndNamed(string api, Action wait)
    {
        var error = Assert.Throws<BlockingWaitException>(() => Run(() =>
        {
            wait();
            return Task.CompletedTask;
        }))!;
        Assert.That(error.Message, Does.StartWith(api + " in BlockingWaitTests.Waits (BlockingWaitTests.cs:"));
        Assert.That(error.Message, Does.Contain(") would block the loop thread at "));
        Assert.That(error.Message, Does.EndWith(" in main: what it waits for could never run. Await it instead."));
    }

    [Test]
    public void InACallbackToo_AndItReachesTheHandler()
    {
        Loop.CallSoon(() => new SemaphoreSlim(0).Wait());
        Iterate();
        Assert.That(TakeError().Exception, Is.TypeOf<BlockingWaitException>().With.Message.Contains(" in callback: "));
    }

    [Test]
    public void AContendedLock_IsAllowed([Values] bool oldStyle) => Run(() =>
    {
        var (monitor, gate) = (new object(), new Lock());
        var loopThread = Thread.CurrentThread;
        var held = false;
        var holder = new Thread(() =>
        {
            if (oldStyle)
            {
                lock (monitor)
                {
                    Hold();
                }
            }
            else
            {
                lock (gate)
                {
                    Hold();
                }
            }
        });
        holder.Start();
        SpinWait.SpinUntil(() => Volatile.Read(ref held));
        if (oldStyle)
        {
            lock (monitor)
            {
                Log.Add("entered");
            }
        }
        else
        {
            lock (gate)
            {
                Log.Add("entered");
            }
        }

        Assert.That(Log, Is.EqualTo((string[])["entered"]));
        return Task.CompletedTask;

        void Hold()
        {
            Volatile.Write(ref held, true);
            UntilBlocked(loopThread);
        }
    });

    /// <summary>The lock may stand inside the BCL: the person's code shows only the API around it.</summary>
    [Test]
    public void AContendedLockInsideTheBcl_IsAllowed() => Run(() =>
    {
        var loopThread = Thread.CurrentThread;
        var slow = new Lazy<int>(() =>
        {
            Log.Add("making");
            UntilBlocked(loopThread);
            return 7;
        });
        var maker = new Thread(() => _ = slow.Value);
        maker.Start();
        SpinWait.SpinUntil(() => Log.Count > 0);
        Assert.That(slow.Value, Is.EqualTo(7));
        return Task.CompletedTask;
    });

    [Test]
    public void AWaitForWhatIsThereAlready_IsAllowed() => Run(async () =>
    {
        var done = Task.FromResult(7);
        Assert.That(done.Result, Is.EqualTo(7));
        new SemaphoreSlim(1).Wait();
        Assert.That(new ManualResetEvent(true).WaitOne(0), Is.True);
        Assert.That(new ManualResetEvent(false).WaitOne(0), Is.False, "only looking is not waiting");
        await Asyncio.YieldAsync();
    });

    [Test]
    public void TheRefusal_CanBeTurnedOff()
    {
        using var loop = NewLoop(new LoopOptions { RefuseBlockingWaits = false });
        loop.RunUntilComplete(() =>
        {
            Assert.That(new SemaphoreSlim(0).Wait(Milliseconds(5)), Is.False);
            return Task.CompletedTask;
        });
    }
}

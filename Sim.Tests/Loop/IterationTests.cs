using NUnit.Framework;
using Sim.Clock;
using Sim.Core;

namespace Sim.Tests;

/// <summary>One iteration: section A of the rules.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class IterationTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rules 1 and 3: ready already, then this poll's I/O (here: another thread's call), then due timers.</summary>
    [Test]
    public void ReadyCallbacks_RunBeforeThreadSafeCalls_BeforeDueTimers()
    {
        // While the loop runs: between two runs what is handed in takes its place at once.
        Loop.CallSoon(() =>
        {
            Loop.CallLater(TimeSpan.Zero, () => Log.Add("timer"));
            OnOtherThread(() => Loop.CallSoonThreadSafe(() => Log.Add("thread")));
            Loop.CallSoon(() => Log.Add("soon"));
        });
        Iterate(2);
        Assert.That(Log, Is.EqualTo((string[])["soon", "thread", "timer"]));
    }

    /// <summary>Rule 2: what a callback schedules waits for the next iteration, after another poll.</summary>
    [Test]
    public void WhatACallbackAdds_WaitsForTheNextIteration()
    {
        Loop.CallSoon(Again);
        for (var i = 1; i <= 5; i++)
        {
            Iterate();
            Assert.That(Log, Has.Count.EqualTo(i));
        }

        void Again()
        {
            Log.Add("again");
            Loop.CallSoon(Again);
        }
    }

    /// <summary>Rule 2: a callback that reschedules itself for ever starves neither timers nor other threads.</summary>
    [Test]
    public void ASelfReschedulingCallback_StarvesNobody()
    {
        var thread = new Thread(() => Loop.CallSoonThreadSafe(() => Log.Add("thread")));
        Loop.CallSoon(Again);
        Loop.CallLater(TimeSpan.Zero, () => Log.Add("timer"));
        thread.Start();
        Loop.RunForever();
        thread.Join();
        Assert.That(Log, Is.EquivalentTo((string[])["timer", "thread"]));

        void Again()
        {
            if (Log.Count == 2)
            {
                Loop.Stop();
            }
            else
            {
                Loop.CallSoon(Again);
            }
        }
    }

    /// <summary>Rule 4: strict FIFO, through all doors to the one queue.</summary>
    [Test]
    public void Ready_IsFirstInFirstOut_WhateverTheDoor()
    {
        var future = Loop.CreateFuture<int>();
        future.AddDoneCallback(_ => Log.Add("2 future"));
        Loop.CallSoon(() => Log.Add("1 soon"));
        future.SetResult(0);
        Loop.CallSoon(text => Log.Add((string)text!), "3 state");
        Loop.CreateTask(() =>
        {
            Log.Add("4 task");
            return Task.CompletedTask;
        });
        Loop.CallSoon(() => Log.Add("5 soon"));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["1 soon", "2 future", "3 state", "4 task", "5 soon"]));
    }

    /// <summary>
    /// Rule 4: on the loop's own thread the thread-safe door is the ordinary one.
    /// asyncio: test_events.test_call_soon_threadsafe_same_thread.
    /// </summary>
    [Test]
    public void CallSoonThreadSafe_OnTheLoopThread_QueuesInOrder()
    {
        Loop.CallSoon(() =>
        {
            Loop.CallSoon(() => Log.Add("a"));
            Loop.CallSoonThreadSafe(() => Log.Add("b"));
            Loop.CallSoonThreadSafe(text => Log.Add((string)text!), "c");
            Loop.CallSoon(() => Log.Add("d"));
        });
        Iterate(2);
        Assert.That(string.Concat(Log), Is.EqualTo("abcd"));
    }

    /// <summary>Rule 5: with something ready the poll does not wait, whatever timers there are.</summary>
    [Test]
    public void WithSomethingReady_TimeDoesNotMove()
    {
        var start = Loop.Time;
        Loop.CallLater(TimeSpan.FromHours(1), () => Log.Add("timer"));
        Loop.CallSoon(() => Loop.CallSoon(Loop.Stop));
        Loop.RunForever();
        Assert.That(Loop.Time - start, IsVirtual ? Is.EqualTo(TimeSpan.Zero) : Is.LessThan(TimeSpan.FromMinutes(30)));
        Assert.That(Log, Is.Empty);
    }

    /// <summary>Rule 5: with nothing ready it waits for the next timer, in one iteration: no cap in virtual time.</summary>
    [Test]
    public void WithNothingReady_OneIterationReachesTheNextTimer()
    {
        var delay = IsVirtual ? TimeSpan.FromDays(1000) : Milliseconds(20);
        var start = Loop.Time;
        Loop.CallLater(delay, Loop.Stop);
        Loop.RunForever();
        Assert.That(Loop.Iteration, Is.EqualTo(1));
        Assert.That(Loop.Time - start, IsVirtual ? Is.EqualTo(delay) : Is.GreaterThanOrEqualTo(delay));
    }

    /// <summary>Rule 11: cancelling in ready keeps a callback from running, also in the batch that runs.</summary>
    [Test]
    public void AReadyCallback_CanBeCancelled_ByAnEarlierOneOfItsBatch()
    {
        Handle later = default;
        Loop.CallSoon(() => Log.Add($"{later.IsPending} {later.Cancel()} {later.Cancel()} {later.IsPending}"));
        later = Loop.CallSoon(() => Log.Add("cancelled"));
        var last = Loop.CallSoon(() => Log.Add("last"));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["True True False False", "last"]));
        Assert.That(last.IsPending, Is.False);
        Assert.That(last.Cancel(), Is.False, "it has run");
    }

    /// <summary>Rule 11: cancelling drops the callback and its argument.</summary>
    [Test]
    public void ACancelledCallback_LetsGoOfWhatItHeld()
    {
        var held = Schedule();
        GC.Collect();
        Assert.That(held.IsAlive, Is.False);

        WeakReference Schedule()
        {
            var state = new object();
            var weak = new WeakReference(state);
            Assert.That(Loop.CallSoon(_ => Log.Add("ran"), state).Cancel(), Is.True);
            Assert.That(Loop.CallLater(TimeSpan.FromHours(1), _ => Log.Add("ran"), state).Cancel(), Is.True);
            return weak;
        }
    }

    /// <summary>Rule 11: a handle is a value; two of one callback are equal.</summary>
    [Test]
    public void Handles_AreComparedByWhatTheyStandFor()
    {
        var first = Loop.CallSoon(() => { });
        var second = Loop.CallSoon(() => { });
        var copy = first;
        Assert.Multiple(() =>
        {
            Assert.That(copy == first && copy.Equals((object)first) && copy.GetHashCode() == first.GetHashCode(), Is.True);
            Assert.That(first != second && !first.Equals(second) && !first.Equals("text"), Is.True);
            Assert.That(default(Handle).Cancel() || default(Handle).IsPending, Is.False);
        });
        Iterate();
    }

    /// <summary>Rule 11 for a queue of any length that wraps around and grows: each cancelled one is skipped, once.</summary>
    [Test]
    public void AnyReadyCallback_CanBeCancelled_InAQueueThatWrapsAndGrows()
    {
        for (var round = 0; round < 5; round++)
        {
            var expected = new List<string>();
            var handles = new List<Handle>();
            for (var i = 0; i < 50 * (round + 1); i++)
            {
                var name = $"{round}.{i}";
                handles.Add(Loop.CallSoon(() => Log.Add(name)));
                if (i % 3 != round % 3)
                {
                    expected.Add(name);
                }
            }

            for (var i = round % 3; i < handles.Count; i += 3)
            {
                Assert.That(handles[i].Cancel(), Is.True);
            }

            Log.Clear();
            Iterate();
            Assert.That(Log, Is.EqualTo(expected));
        }
    }

    /// <summary>The number of iterations and steps: what the tick tables are counted with.</summary>
    [Test]
    public void IterationsAndSteps_AreCounted()
    {
        Loop.CallSoon(() => Log.Add($"{Loop.Iteration} {Loop.Step}"));
        Loop.CallSoon(() => Log.Add($"{Loop.Iteration} {Loop.Step}"));
        Iterate(2);
        Assert.That(Log, Is.EqualTo((string[])["1 1", "1 2"]));
        Assert.That(Loop.Iteration, Is.EqualTo(2));
    }
}

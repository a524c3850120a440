using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Exceptions that leave the loop at once, where <see cref="LoopOptions.IsFatal"/> names some: rules 16 and 17.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class FatalErrorTests(LoopKind kind) : LoopFixture(kind)
{
    protected override LoopOptions Configure(LoopOptions options) => options with { IsFatal = static error => error is FormatException };

    /// <summary>Rule 17: mid-batch; the rest of ready is kept and runs at the next run.</summary>
    [Test]
    public void AFatalException_LeavesMidBatch_AndTheRestStaysReady()
    {
        Loop.CallSoon(() => Log.Add("a"));
        Loop.CallSoon(() => throw new FormatException("fatal"));
        Loop.CallSoon(() => Log.Add("b"));
        Loop.CallSoon(() => Log.Add("c"));
        Assert.That(() => Iterate(), Throws.TypeOf<FormatException>());
        Assert.That(Log, Is.EqualTo((string[])["a"]));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["a", "b", "c"]));
    }

    /// <summary>Rule 17: from a task's step too, and the task stores it as well.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void AFatalExceptionInATask_LeavesTheLoop_AndEndsTheTask(bool afterASuspension)
    {
        var task = Loop.CreateTask(async () =>
        {
            if (afterASuspension)
            {
                await Asyncio.YieldAsync();
            }

            throw new FormatException("fatal");
        });
        task.AddDoneCallback(_ => Log.Add("done callback"));
        Loop.CallSoon(() => Log.Add("a"));
        Assert.That(Loop.RunForever, Throws.TypeOf<FormatException>());
        Assert.That(task.State, Is.EqualTo(FutureState.Failed));
        Assert.That(task.Exception, Is.TypeOf<FormatException>());
        Iterate(2);
        Assert.That(Log, Is.EqualTo((string[])["a", "done callback"]));
    }

    [Test]
    public void AFatalExceptionOfABodyThatIsNotAsync_EndsTheTaskToo()
    {
        var task = Loop.CreateTask((Func<Task>)(() => throw new FormatException("fatal")));
        Assert.That(Loop.RunForever, Throws.TypeOf<FormatException>());
        Assert.That(task.State, Is.EqualTo(FutureState.Failed));
        Assert.That(Loop.AllTasks(), Is.Empty);
    }

    /// <summary>
    /// Rule 16: the stop callback of the run that it left does not stop the next run.
    /// asyncio: test_base_events.test_run_until_complete_baseexception.
    /// </summary>
    [Test]
    public void TheNextRun_IsNotStoppedByTheFatalOne()
    {
        Assert.That(() => Run(() => throw new FormatException("fatal")), Throws.TypeOf<FormatException>());
        var iteration = Loop.Iteration;
        Loop.CallSoon(() => Loop.CallSoon(() => Loop.CallSoon(Loop.Stop)));
        Loop.RunForever();
        Assert.That(Loop.Iteration - iteration, Is.EqualTo(3));
    }

    /// <summary>
    /// Rules 15 and 16: where a callback's exception ended the run, its task does not stop the next one.
    /// asyncio: test_base_events.test_run_until_complete_loop_orphan_future_close_loop.
    /// </summary>
    [Test]
    public void TheNextRun_IsNotStoppedByTheTaskOfTheOneThatAFatalCallbackEnded()
    {
        Loop.CallSoon(() => throw new FormatException("fatal"));
        Assert.That(() => Run(() => SleepAsync(Soon)), Throws.TypeOf<FormatException>());
        Run(() => SleepAsync(Soon * 2));
        Assert.That(Log, Is.EqualTo((string[])["slept", "slept"]));

        async Task SleepAsync(TimeSpan delay)
        {
            await Asyncio.SleepAsync(delay);
            Log.Add("slept");
        }
    }

    /// <summary>Rule 17: what has left the loop has been seen. asyncio: test_base_events.test_run_forever_keyboard_interrupt.</summary>
    [Test]
    public void AFatalExceptionOfMain_IsNotReportedAgainWhenTheLoopCloses()
    {
        Assert.That(() => Run(() => throw new FormatException("fatal")), Throws.TypeOf<FormatException>());
        Loop.Close();
        Assert.That(TakeErrors(), Is.Empty);
    }

    /// <summary>Rule 17: every other exception goes to the handler, and the loop goes on.</summary>
    [Test]
    public void AnOrdinaryException_GoesToTheHandler_AndTheBatchGoesOn()
    {
        Loop.CallSoon(() => throw new IOException("ordinary"));
        Loop.CallSoon(() => Log.Add("b"));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["b"]));
        Assert.That(TakeError().Exception.Message, Is.EqualTo("ordinary"));
    }

    /// <summary>Rule 92's exception: a fatal one from the handler is not swallowed.</summary>
    [Test]
    public void AFatalExceptionInTheHandler_LeavesTheLoop()
    {
        Loop.ExceptionHandler = _ => throw new FormatException("from the handler");
        Loop.CallSoon(() => throw new IOException("ordinary"));
        Loop.CallSoon(() => Log.Add("b"));
        Assert.That(() => Iterate(), Throws.TypeOf<FormatException>());
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["b"]));
    }

    [Test]
    public void AfterAFatalException_TheThreadHasNoRunningLoop()
    {
        var context = SynchronizationContext.Current;
        Assert.That(() => Run(() => throw new FormatException()), Throws.TypeOf<FormatException>());
        Assert.That(EventLoop.Running, Is.Null);
        Assert.That(SynchronizationContext.Current, Is.SameAs(context));
        Assert.That(Loop.IsRunning, Is.False);
    }
}

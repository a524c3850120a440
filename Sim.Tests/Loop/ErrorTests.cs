using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Errors that nobody awaits, and debug mode: rules 92 and 93.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class ErrorTests(LoopKind kind) : LoopFixture(kind)
{
    private readonly List<string> _lines = [];

    protected override LoopOptions Configure(LoopOptions options)
    {
        _lines.Clear();
        return options with { Debug = true, SlowCallback = Milliseconds(50), Log = _lines.Add };
    }

    /// <summary>
    /// Rule 92: the handler is told what, when and where.
    /// asyncio: test_base_events.test_set_exc_handler_custom, test_events.test_callback_with_exception.
    /// </summary>
    [Test]
    public void TheHandler_IsToldWhatWhenAndWhere()
    {
        Loop.CallSoon(Fails);
        Iterate();
        var error = TakeError();
        Assert.Multiple(() =>
        {
            Assert.That(error.Message, Is.EqualTo("Exception in a callback"));
            Assert.That(error.Exception, Is.TypeOf<FormatException>());
            Assert.That(error.Task, Is.EqualTo("Fails"));
            Assert.That(error.Time, IsVirtual ? Is.EqualTo(Loop.Time) : Is.LessThanOrEqualTo(Loop.Time));
            Assert.That(error.ToString(), Does.EndWith("s in Fails: Exception in a callback: FormatException: bad input"));
        });
    }

    /// <summary>Rule 92: through every door the name is the method's.</summary>
    [Test]
    public void AFailingCallback_IsNamedAfterItsMethod_WhateverTheDoor()
    {
        var future = Loop.CreateFuture<int>();
        future.SetResult(0);
        Loop.CallSoon(_ => Fails(), null);
        Loop.CallLater(TimeSpan.Zero, Fails);
        OnOtherThread(() => Loop.CallSoonThreadSafe(Fails));
        future.AddDoneCallback(FailsWith);
        Iterate();
        Assert.That(TakeErrors().Select(error => error.Task), Is.EqualTo(
            (string[])["AFailingCallback_IsNamedAfterItsMethod_WhateverTheDoor", "Fails", "FailsWith", "Fails"]));

        static void FailsWith(Future done) => Fails();
    }

    /// <summary>
    /// Rule 92: without a handler the default one writes a line. asyncio: test_base_events.test_default_exc_handler_callback.
    /// </summary>
    [Test]
    public void WithoutAHandler_TheErrorIsLogged()
    {
        Loop.ExceptionHandler = null;
        Loop.CallSoon(Fails);
        Loop.CallLater(TimeSpan.Zero, Fails);
        Iterate();
        Assert.That(_lines, Has.Count.EqualTo(2));
        Assert.That(_lines, Has.All.Match(@"in Fails: Exception in a callback: FormatException: bad input\r?\n   at .*Fails"));
    }

    /// <summary>
    /// Rules 43 and 92: the same for a task's failure that nobody has seen. asyncio:
    /// test_base_events.test_default_exc_handler_coro.
    /// </summary>
    [Test]
    public void WithoutAHandler_AFailureThatNobodyHasSeen_IsLogged()
    {
        Loop.ExceptionHandler = null;
        var task = Loop.CreateTask(
            async () =>
            {
                await Asyncio.YieldAsync();
                Fails();
            },
            "worker");
        Iterate(3);
        Assert.That(_lines, Is.Empty);
        Loop.Close();
        GC.KeepAlive(task);
        Assert.That(_lines, Has.Count.EqualTo(1));
        Assert.That(_lines[0], Does.Match(@"in worker: The exception was never retrieved: nobody awaited it( \(it failed at \S+s\))?: FormatException: bad input\r?\n   at "));
    }

    /// <summary>
    /// Rule 92: the default one is back where the handler is taken away. asyncio:
    /// test_base_events.test_set_exc_handler_custom.
    /// </summary>
    [Test]
    public void AHandlerThatIsTakenAway_IsNotCalledAnyMore()
    {
        var handler = Loop.ExceptionHandler;
        Loop.CallSoon(Fails);
        Iterate();
        Assert.That((TakeErrors().Count, _lines.Count), Is.EqualTo((1, 0)));
        Loop.ExceptionHandler = null;
        Loop.CallSoon(Fails);
        Iterate();
        Assert.That((TakeErrors().Count, _lines.Count), Is.EqualTo((0, 1)));
        Loop.ExceptionHandler = handler;
    }

    /// <summary>
    /// Rule 92: nor does a log that fails bring the loop down, behind a handler or without one. asyncio:
    /// test_base_events.test_default_exc_handler_broken.
    /// </summary>
    [Test]
    [NonParallelizable]
    public void ALogThatFails_DoesNotBringTheLoopDown([Values] bool withHandler)
    {
        using var loop = NewLoop(new LoopOptions { Log = line => throw new IOException("the log is broken") });
        loop.ExceptionHandler = withHandler ? _ => throw new IOException("the handler is broken") : null;
        loop.CallSoon(Fails);
        loop.CallSoon(() => Log.Add("goes on"));
        loop.Stop();
        var console = Console.Error;
        using var written = new StringWriter();
        Console.SetError(written);
        try
        {
            loop.RunForever();
        }
        finally
        {
            Console.SetError(console);
        }

        Assert.That(Log, Is.EqualTo((string[])["goes on"]));
        Assert.That(written.ToString(), Does.Contain("in Fails: Exception in a callback: FormatException: bad input").And.Contain(
            "The log of loop failed with this line: IOException: the log is broken"));
    }

    /// <summary>
    /// Rule 92: a handler that fails never brings the loop down; both errors are written.
    /// asyncio: test_base_events.test_set_exc_handler_broken.
    /// </summary>
    [Test]
    public void AHandlerThatFails_IsReportedByTheDefaultOne()
    {
        Loop.ExceptionHandler = _ => throw new IOException("the handler is broken");
        Loop.CallSoon(Fails);
        Loop.CallSoon(() => Log.Add("goes on"));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["goes on"]));
        Assert.That(_lines, Has.Count.EqualTo(2));
        Assert.That(_lines[0], Does.Match(@"FormatException: bad input\r?\n   at "));
        Assert.That(_lines[1], Does.Match(@"in Fails: Unhandled error in the exception handler: IOException: the handler is broken\r?\n   at "));
    }

    /// <summary>CPython's "Task was destroyed but it is pending": a line that names the tasks, and not for the handler.</summary>
    [Test]
    public void ALoopClosedInTheMiddleOfTasks_SaysSo()
    {
        var end = Loop.Time + TimeSpan.FromHours(1);
        for (var i = 1; i <= 5; i++)
        {
            Loop.CreateTask(async () => await Asyncio.SleepAsync(end - Loop.Time), $"worker {i}");
        }

        var asked = Loop.CreateTask(() => new TaskCompletionSource().Task, "asked to stop");
        Iterate();
        Loop.CreateTask(() => Task.CompletedTask, "never began");
        asked.Cancel();
        Loop.Close();
        Assert.That(_lines.Where(line => !line.Contains(" took ", StringComparison.Ordinal)).ToList(), Has.One.Match(
            @"^\S+ loop is closed in the middle of tasks that nobody asked to stop: worker 1 sleeps until \S+ since \S+ in \w+, "
            + @"worker 2 sleeps until .+, worker 3 sleeps until [^,]+, and 2 more\. They never end now: cancel them before, as Asyncio\.Run and a Runner do\.$"));
    }

    /// <summary>Rule 92: user code may hand its own errors to the handler.</summary>
    [Test]
    public void AnyoneMayCallTheHandler()
    {
        var error = new LoopError("Something of mine", new FormatException("x"), Loop.Time, "me");
        Loop.CallExceptionHandler(error);
        Assert.That(TakeError(), Is.SameAs(error));
    }

    /// <summary>An exception of an async void method has no awaiter: it reaches the handler, under the name of its task.</summary>
    [Test]
    public void AnAsyncVoidException_ReachesTheHandler()
    {
        Run(async () =>
        {
            Handler();
            await Asyncio.SleepAsync(Milliseconds(20));
            Log.Add("goes on");
        });
        Assert.That(Log, Is.EqualTo((string[])["goes on"]));
        var error = TakeError();
        Assert.That((error.Exception.Message, error.Task), Is.EqualTo(("bad input", "main")));

        static async void Handler()
        {
            await Asyncio.SleepAsync(Soon);
            Fails();
        }
    }

    /// <summary>
    /// Rule 93: a callback that takes long, on the loop's clock, is reported in debug mode.
    /// asyncio: test_base_events.test_log_slow_callbacks.
    /// </summary>
    [Test]
    public void ASlowCallback_IsReported()
    {
        if (IsVirtual)
        {
            Loop.CallSoon(Slow, ((Sim.Clock.VirtualClock)Loop.Clock, Milliseconds(50)));
        }
        else
        {
            Loop.CallSoon(_ => SpinWait.SpinUntil(() => Loop.Time - Loop.IterationTime > Milliseconds(60)), null);
        }

        Loop.CallSoon(() => { });
        Iterate();
        Assert.That(_lines, Has.Count.EqualTo(1));
        Assert.That(_lines[0], IsVirtual
            ? Is.EqualTo("0.050s Slow took 0.050s: a callback that long holds up all others.")
            : Does.Contain("a callback that long holds up all others"));

        static void Slow(object? state)
        {
            var (clock, time) = ((Sim.Clock.VirtualClock, TimeSpan))state!;
            clock.AdvanceBy(time);
        }
    }

    /// <summary>
    /// Rule 93: a task's step is reported under the name of the task. asyncio: test_base_events.test_log_slow_callbacks.
    /// </summary>
    [Test]
    public void ASlowStepOfATask_IsReported()
    {
        Run(() =>
        {
            if (IsVirtual)
            {
                ((Sim.Clock.VirtualClock)Loop.Clock).AdvanceBy(Milliseconds(50));
            }
            else
            {
                SpinWait.SpinUntil(() => Loop.Time - Loop.IterationTime > Milliseconds(60));
            }

            return Task.CompletedTask;
        });
        Assert.That(_lines, Has.Some.Match(@"^\S+ main took \S+: a callback that long holds up all others"));
    }

    /// <summary>
    /// Rule 93: of errors and of other threads (rule 23) debug mode tells what is told without it. CPython's traces of where a
    /// callback or a future was made are not kept.
    /// </summary>
    [Test]
    public void DebugMode_TellsOfSlowCallbacks_AndNothingMoreOfErrors()
    {
        var (plain, debug) = (Told(debug: false), Told(debug: true));
        Assert.That(plain, Is.EqualTo((string[])
        [
            "Exception in a callback: System.FormatException: One of the identified items was in an invalid format.",
            "ForeignThreadException", "The exception was never retrieved: nobody awaited it: System.FormatException: late",
        ]));
        // A machine may be slow at any time: how often is no matter.
        Assert.That(debug.Distinct(), Is.EquivalentTo((string[])["slow", .. plain]));

        List<string> Told(bool debug)
        {
            List<string> told = [];
            using (var loop = NewLoop(new LoopOptions
            {
                Debug = debug, SlowCallback = Milliseconds(5), ReportLostFailuresEarly = false, Log = _ => told.Add("slow"),
            }))
            {
                // The first line of the exception: the rest of it is where it was thrown.
                loop.ExceptionHandler = error => told.Add($"{error.Message}: {error.Exception.ToString().Split('\n')[0].TrimEnd()}");
                loop.CallSoon(() => SpendTime(loop));
                loop.CallSoon(static () => throw new FormatException());
                loop.CallSoon(() => told.Add(OnOtherThread(loop.Stop)!.GetType().Name));
                loop.CallSoon(() => loop.CreateFuture<int>().SetException(new FormatException("late")));
                loop.CallSoon(loop.Stop);
                loop.RunForever();
            }

            return told;
        }

        void SpendTime(EventLoop loop)
        {
            if (IsVirtual)
            {
                ((Sim.Clock.VirtualClock)loop.Clock).AdvanceBy(Milliseconds(10));
            }
            else
            {
                SpinWait.SpinUntil(() => loop.Time - loop.IterationTime > Milliseconds(10));
            }
        }
    }

    /// <summary>Rule 93: nothing schedules nothing.</summary>
    [Test]
    public void NullIsRefused_ByEveryDoor() => Assert.Multiple(() =>
    {
        Assert.That(() => Loop.CallSoon(null!), Throws.ArgumentNullException);
        Assert.That(() => Loop.CallSoonThreadSafe(null!), Throws.ArgumentNullException);
        Assert.That(() => Loop.CallLater(TimeSpan.Zero, null!), Throws.ArgumentNullException);
        Assert.That(() => Loop.CallAt(Loop.Time, null!), Throws.ArgumentNullException);
        Assert.That(() => Loop.CreateTask((Func<Task>)null!), Throws.ArgumentNullException);
        Assert.That(() => Loop.CreateFuture<int>().AddDoneCallback(null!), Throws.ArgumentNullException);
        Assert.That(() => Loop.CreateFuture<int>().SetException(null!), Throws.ArgumentNullException);
        Assert.That(() => Loop.AddReader(null!, () => { }), Throws.ArgumentNullException);
        Assert.That(() => Loop.CallExceptionHandler(null!), Throws.ArgumentNullException);
        Assert.That(() => Loop.RunUntilComplete((Func<Task>)null!), Throws.ArgumentNullException);
    });

    private static void Fails() => throw new FormatException("bad input");
}

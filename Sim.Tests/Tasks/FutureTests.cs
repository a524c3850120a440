using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Futures: section D of the rules.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class FutureTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>Rule 37: never inline, in registration order, put into ready at the moment of completion.</summary>
    [TestCase("result")]
    [TestCase("exception")]
    [TestCase("cancel")]
    public void DoneCallbacks_RunThroughTheReadyQueue_InRegistrationOrder(string how)
    {
        var future = Loop.CreateFuture<int>();
        for (var i = 0; i < 4; i++)
        {
            var name = $"callback {i}";
            future.AddDoneCallback(_ => Log.Add(name));
        }

        Loop.CallSoon(() => Log.Add("before"));
        Complete(future, how);
        Loop.CallSoon(() => Log.Add("after"));
        Assert.That(Log, Is.Empty, "not inline");
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["before", "callback 0", "callback 1", "callback 2", "callback 3", "after"]));
    }

    /// <summary>Rule 37: on a done future, soon.</summary>
    [Test]
    public void ACallbackAddedToADoneFuture_RunsInTheNextIteration()
    {
        var future = Loop.CreateFuture<int>();
        future.SetResult(7);
        future.AddDoneCallback(done => Log.Add($"{((Future<int>)done).Result}"));
        Assert.That(Log, Is.Empty);
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["7"]));
    }

    /// <summary>Rule 37: callbacks may add callbacks; those come an iteration later.</summary>
    [Test]
    public void ACallbackAddedByACallback_ComesAnIterationLater()
    {
        var future = Loop.CreateFuture<int>();
        future.AddDoneCallback(_ =>
        {
            Log.Add("first");
            future.AddDoneCallback(_ => Log.Add("third"));
        });
        future.AddDoneCallback(_ => Log.Add("second"));
        future.SetResult(0);
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["first", "second"]));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["first", "second", "third"]));
    }

    /// <summary>Rule 38: an awaiting task is one more callback in the list.</summary>
    [Test]
    public void AnAwaitingTask_StandsInTheListOfCallbacks()
    {
        var future = Loop.CreateFuture<int>();
        future.AddDoneCallback(_ => Log.Add("callback 1"));
        _ = Loop.CreateTask(() => WaitAsync("task 1"));
        Iterate();
        future.AddDoneCallback(_ => Log.Add("callback 2"));
        _ = Loop.CreateTask(() => WaitAsync("task 2"));
        Iterate();
        future.AddDoneCallback(_ => Log.Add("callback 3"));
        future.SetResult(0);
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["callback 1", "task 1", "callback 2", "task 2", "callback 3"]));

        async Task WaitAsync(string name)
        {
            await future;
            Log.Add(name);
        }
    }

    /// <summary>
    /// Rule 39: removes all equal ones and counts them; the others keep their order; no effect once queued.
    /// asyncio: test_futures.test_remove_done_callback.
    /// </summary>
    [Test]
    public void RemovingACallback_RemovesAllEqualOnes_AndIsTooLateOnceQueued()
    {
        var future = Loop.CreateFuture<int>();
        Action<Future> twice = _ => Log.Add("twice");
        Action<Future> first = _ => Log.Add("first");
        future.AddDoneCallback(first);
        future.AddDoneCallback(twice);
        future.AddDoneCallback(_ => Log.Add("last"));
        future.AddDoneCallback(twice);
        Assert.That(future.RemoveDoneCallback(_ => { }), Is.Zero);
        Assert.That(future.RemoveDoneCallback(twice), Is.EqualTo(2));
        Assert.That(future.RemoveDoneCallback(first), Is.EqualTo(1), "the first in the list");
        future.AddDoneCallback(twice);
        future.AddDoneCallback(twice);
        future.SetResult(0);
        Assert.That(future.RemoveDoneCallback(twice), Is.Zero);
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["last", "twice", "twice"]));
    }

    /// <summary>Rule 39: a callback that takes others away comes too late. asyncio: test_futures.test_schedule_callbacks_list_mutation_1.</summary>
    [Test]
    public void ACallbackThatRemovesOthers_ComesTooLate()
    {
        var future = Loop.CreateFuture<int>();
        Action<Future> other = _ => Log.Add("other");
        future.AddDoneCallback(done => Log.Add($"removed {done.RemoveDoneCallback(other)}"));
        future.AddDoneCallback(other);
        future.AddDoneCallback(other);
        future.SetResult(1);
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["removed 0", "other", "other"]));
    }

    /// <summary>Rule 39 for a task among the callbacks: it is not removed.</summary>
    [Test]
    public void RemovingTheFirstCallback_KeepsAnAwaitingTask()
    {
        var future = Loop.CreateFuture<int>();
        Action<Future> callback = _ => Log.Add("callback");
        future.AddDoneCallback(callback);
        Run(async () =>
        {
            Loop.CallSoon(() =>
            {
                Assert.That(future.RemoveDoneCallback(callback), Is.EqualTo(1));
                future.SetResult(7);
            });
            Assert.That(await future, Is.EqualTo(7));
        });
        Assert.That(Log, Is.Empty);
    }

    /// <summary>Rule 40: completed once. asyncio: test_futures.test_cancel.</summary>
    [TestCase("result", FutureState.Succeeded, "has a result already")]
    [TestCase("exception", FutureState.Failed, "has failed already")]
    [TestCase("cancel", FutureState.Cancelled, "was cancelled already")]
    public void ADoneFuture_CannotBeCompletedAgain(string how, FutureState state, string words)
    {
        var future = Loop.CreateFuture<int>();
        Complete(future, how);
        Assert.Multiple(() =>
        {
            Assert.That(() => future.SetResult(1), Throws.TypeOf<InvalidStateException>().With.Message.StartsWith(
                $"a future {words}, and is completed again outside of any loop: "));
            Assert.That(() => future.SetException(new IOException()), Throws.TypeOf<InvalidStateException>());
            Assert.That(future.TrySetResult(1), Is.False);
            Assert.That(future.Cancel(), Is.False);
            Assert.That(future.IsDone, Is.True);
            Assert.That(future.State, Is.EqualTo(state));
        });
    }

    /// <summary>
    /// Rule 40: no outcome while pending; cancelled when cancelled.
    /// asyncio: test_futures.test_result, test_futures.test_cancel.
    /// </summary>
    [Test]
    public void TheOutcome_IsThereWhenDone()
    {
        var future = Loop.CreateFuture<int>();
        Assert.Multiple(() =>
        {
            Assert.That(() => future.Result, Throws.TypeOf<InvalidStateException>().With.Message.Contains("is not done"));
            Assert.That(() => future.Exception, Throws.TypeOf<InvalidStateException>());
            Assert.That(() => future.GetAwaiter().GetResult(), Throws.TypeOf<InvalidStateException>(), "it never blocks");
        });
        Assert.That(future.Cancel(), Is.True);
        Assert.That(() => future.Result, Throws.TypeOf<OperationCanceledException>());
        Assert.That(() => future.Exception, Throws.TypeOf<OperationCanceledException>());
        Assert.That(future.IsCancelled, Is.True);

        var failed = Loop.CreateFuture<int>();
        var error = new FormatException("mine");
        failed.SetException(error);
        Assert.That(failed.Exception, Is.SameAs(error));
        Assert.That(() => failed.Result, Throws.Exception.SameAs(error));

        var succeeded = Loop.CreateFuture<int>();
        Assert.That(succeeded.TrySetResult(7), Is.True);
        Assert.That((succeeded.Result, succeeded.Exception), Is.EqualTo((7, (Exception?)null)));
    }

    /// <summary>Rule 41: cancelling one waiter of a shared future cancels it for all; the same for a shared task.</summary>
    [Test]
    public void CancellingOneWaiter_CancelsASharedFuture([Values] bool sharedIsATask)
    {
        var plain = Loop.CreateFuture<ValueTuple>();
        Future<ValueTuple> shared = sharedIsATask ? Loop.CreateTask(async () => await plain) : plain;
        var first = Loop.CreateTask(async () => await shared);
        var second = Loop.CreateTask(async () => await shared);
        Iterate();
        first.Cancel();
        Iterate(3);
        Assert.That((shared.State, first.State, second.State), Is.EqualTo((FutureState.Cancelled, FutureState.Cancelled, FutureState.Cancelled)));
    }

    /// <summary>Rule 42: who races with a cancellation uses the Try form; who does not is reported.</summary>
    [Test]
    public void SettingARacedFuture_IsReportedUnlessTried()
    {
        var future = Loop.CreateFuture<int>();
        Loop.CallLater(TimeSpan.Zero, () => future.TrySetResult(1));
        Loop.CallLater(TimeSpan.Zero, () => future.SetResult(2));
        future.Cancel();
        Iterate();
        Assert.That(TakeError().Exception, Is.TypeOf<InvalidStateException>());
    }

    /// <summary>
    /// Rule 43 and invariant A10: what nobody looked at is reported at close, in the order of failing, once.
    /// asyncio: test_futures.test_tb_logger_exception_unretrieved.
    /// </summary>
    [Test]
    public void UnretrievedExceptions_AreReportedAtClose_Once()
    {
        var b = Loop.CreateFuture<int>();
        var a = Loop.CreateFuture<int>();
        a.SetException(new FormatException("a"));
        b.SetException(new FormatException("b"));
        _ = Loop.CreateTask(() => throw new FormatException("task"), "worker");
        Iterate();
        Assert.That(TakeErrors(), Is.Empty, "not before");
        Loop.Close();
        Loop.Close();
        var errors = TakeErrors();
        Assert.That(errors.Select(error => $"{error.Task}: {error.Exception.Message}"), Is.EqualTo((string[])["a future: a", "a future: b", "worker: task"]));
        Assert.That(errors[0].Message, Is.EqualTo("The exception was never retrieved: nobody awaited it"));
    }

    /// <summary>
    /// Rule 43: what counts as looking: the result, the exception, awaiting, and cancelling what is done.
    /// asyncio: test_futures.test_tb_logger_not_called_after_cancel.
    /// </summary>
    [Test]
    public void ARetrievedException_IsNotReported()
    {
        var futures = Enumerable.Range(0, 4).Select(_ => Loop.CreateFuture<int>()).ToArray();
        var task = Loop.CreateTask(() => throw new FormatException("task"));
        Array.ForEach(futures, future => future.SetException(new FormatException()));
        Assert.That(() => futures[0].Result, Throws.TypeOf<FormatException>());
        Assert.That(futures[1].Exception, Is.Not.Null);
        Assert.That(() => Run(async () => await futures[2]), Throws.TypeOf<FormatException>());
        Assert.That((futures[3].Cancel(), task.Cancel()), Is.EqualTo((false, false)));
        Loop.Close();
        Assert.That(TakeErrors(), Is.Empty);
    }

    /// <summary>Rule 43: an exception whose awaiter was cancelled first has been awaited.</summary>
    [Test]
    public void AnExceptionThatLostAgainstACancellation_IsNotReported()
    {
        var future = Loop.CreateFuture<int>();
        var task = Loop.CreateTask(async () => await future);
        Iterate();
        future.SetException(new FormatException());
        task.Cancel();
        Iterate(2);
        Assert.That(task.IsCancelled, Is.True);
        Loop.Close();
        Assert.That(TakeErrors(), Is.Empty);
    }

    /// <summary>Rule 43 in the long run: failures that were seen are not kept.</summary>
    [Test]
    public void FailuresThatWereSeen_AreLetGo()
    {
        var held = new List<WeakReference>();
        for (var i = 0; i < 1000; i++)
        {
            Fail();
        }

        GC.Collect();
        Assert.That(held.Count(weak => weak.IsAlive), Is.LessThan(200));

        void Fail()
        {
            var future = Loop.CreateFuture<int>();
            future.SetException(new FormatException());
            _ = future.Exception;
            held.Add(new WeakReference(future));
        }
    }

    /// <summary>Rule 44 is Python's: every exception can be stored here, also one that means cancellation.</summary>
    [Test]
    public void AStoredOperationCanceledException_IsAnException_AndNotACancellation()
    {
        var future = Loop.CreateFuture<int>();
        future.SetException(new OperationCanceledException("stored"));
        Assert.That(future.IsCancelled, Is.False);
        Assert.That(future.Exception, Is.TypeOf<OperationCanceledException>());
    }

    [Test]
    public void ABclTask_CarriesTheSameOutcome() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        var task = future.AsTask();
        Assert.That(future.AsTask(), Is.SameAs(task));
        Loop.CallSoon(() => future.SetResult(7));
        Assert.That(await Task.WhenAll(task, future.AsTask()), Is.EqualTo((int[])[7, 7]));
    });

    /// <summary>Rule 50: a future of another loop is refused at the await.</summary>
    [Test]
    public void AwaitingAFutureOfAnotherLoop_IsRefused()
    {
        using var other = NewLoop(new LoopOptions { Name = "other" });
        var foreign = other.CreateFuture<int>();
        Assert.That(
            () => Run(async () => await foreign),
            Throws.TypeOf<LoopException>().With.Message.Match(
                @"^a future belongs to other, but is awaited at \d+\.\d+s in task main of loop: a task can only await futures of its own loop\."));
        foreign.SetResult(7);
        Assert.That(() => Run(async () => Log.Add($"{await foreign}")), Throws.Nothing, "one that is done is a value");
        Assert.That(Log, Is.EqualTo((string[])["7"]));
    }

    /// <summary>An exception that many await does not collect the stack traces of all of them.</summary>
    [Test]
    public void AFailureThatManyAwait_KeepsItsSize() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        future.SetException(new FormatException());
        var lengths = new HashSet<int>();
        for (var i = 0; i < 50; i++)
        {
            var error = await CatchAsync(future);
            lengths.Add(error.StackTrace!.Length);
        }

        Assert.That(lengths, Has.Count.EqualTo(1));

        static async Task<Exception> CatchAsync(Future<int> future)
        {
            try
            {
                await future;
                throw new InvalidOperationException("unreachable");
            }
            catch (FormatException error)
            {
                return error;
            }
        }
    });

    [Test]
    public void AwaitingAFutureOutsideOfItsLoop_IsRefused()
    {
        var future = Loop.CreateFuture<int>();
        Assert.That(() => future.GetAwaiter().IsCompleted, Throws.TypeOf<LoopException>().With.Message.EqualTo(
            "a future belongs to loop, which does not run on this thread: await it inside its loop."));
    }

    private static void Complete(Future<int> future, string how)
    {
        switch (how)
        {
            case "result":
                future.SetResult(7);
                break;
            case "exception":
                future.SetException(new FormatException());
                _ = future.Exception;
                break;
            default:
                Assert.That(future.Cancel(), Is.True);
                break;
        }
    }
}

using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Context: section M of the rules, with .NET's <see cref="AsyncLocal{T}"/> for Python's contextvars.</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class ContextTests(LoopKind kind) : LoopFixture(kind)
{
    private readonly AsyncLocal<string> _local = new();

    /// <summary>Rule 90: every registration captures the context of its moment.</summary>
    [Test]
    public void EveryRegistration_CapturesItsContext() => Run(async () =>
    {
        var future = Loop.CreateFuture<int>();
        _local.Value = "1";
        Loop.CallSoon(() => Log.Add($"soon {_local.Value}"));
        _local.Value = "2";
        Loop.CallLater(TimeSpan.Zero, () => Log.Add($"later {_local.Value}"));
        _local.Value = "3";
        future.AddDoneCallback(_ => Log.Add($"done {_local.Value}"));
        _local.Value = "4";
        Loop.CallSoonThreadSafe(() => Log.Add($"thread-safe {_local.Value}"));
        _local.Value = "5";
        var task = Asyncio.CreateTask(async () =>
        {
            await Asyncio.YieldAsync();
            Log.Add($"task {_local.Value}");
        });
        _local.Value = "6";
        future.SetResult(0);
        await task;
        await Asyncio.SleepAsync(Soon);
        Log.Add($"main {_local.Value}");
        Assert.That(Log.Order(StringComparer.Ordinal), Is.EqualTo(
            (string[])["done 3", "later 2", "main 6", "soon 1", "task 5", "thread-safe 4"]));
    });

    /// <summary>Rule 90: changes in a callback do not leak to the next one, nor out of the run.</summary>
    [Test]
    public void AChangeInACallback_StaysThere()
    {
        _local.Value = "outside";
        Loop.CallSoon(() => _local.Value = "changed");
        Loop.CallSoon(() => Log.Add(_local.Value!));
        Loop.CallLater(TimeSpan.Zero, () => _local.Value = "changed");
        Loop.CallLater(TimeSpan.Zero, () => Log.Add(_local.Value!));
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["outside", "outside"]));
        Assert.That(_local.Value, Is.EqualTo("outside"));
    }

    /// <summary>Rule 91: the handler runs in the context of the callback that failed, with what the callback has set in it.</summary>
    [Test]
    public void TheHandler_RunsInTheContextOfTheCallback()
    {
        Loop.ExceptionHandler = _ => Log.Add(_local.Value!);
        _local.Value = "first";
        Loop.CallSoon(() => throw new FormatException());
        _local.Value = "second";
        Loop.CallLater(TimeSpan.Zero, () =>
        {
            _local.Value += ", changed";
            throw new FormatException();
        });
        _local.Value = "outside";
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["first", "second, changed"]));
    }

    /// <summary>Rule 91: and in that of the task whose failure nobody has seen, also when the loop closes; a plain future has none.</summary>
    [Test]
    public void TheHandler_RunsInTheContextOfTheTask()
    {
        Loop.ExceptionHandler = error => Log.Add($"{error.Task}: {_local.Value}");
        _local.Value = "at its creation";
        Loop.CreateTask(static () => throw new FormatException(), "early");
        Loop.CreateTask(async () =>
        {
            _local.Value = "changed";
            await Asyncio.YieldAsync();
            throw new FormatException();
        }, "late");
        Loop.CreateFuture<int>().SetException(new FormatException());
        _local.Value = "outside";
        Iterate(3);
        Assert.That(Log, Is.Empty);
        Loop.Close();
        Assert.That(Log, Is.EquivalentTo((string[])["early: at its creation", "late: changed", "a future: outside"]));
        Assert.That(_local.Value, Is.EqualTo("outside"));
    }

    /// <summary>Rule 91: and where a task fails behind a shield that nobody holds any more.</summary>
    [Test]
    public void TheHandler_RunsInTheContextOfAShieldedTask()
    {
        Loop.ExceptionHandler = error => Log.Add(_local.Value!);
        _local.Value = "task";
        var inner = Loop.CreateTask<int>(async () =>
        {
            await Asyncio.YieldAsync();
            throw new FormatException();
        });
        _local.Value = "outside";
        Asyncio.Shield(inner).Cancel();
        Iterate(4);
        Assert.That(Log, Is.EqualTo((string[])["task"]));
    }

    /// <summary>Rule 90: also when the callback throws, and when it suppresses the flow.</summary>
    [Test]
    public void NothingLeaks_FromACallbackThatThrowsOrSuppressesTheFlow()
    {
        _local.Value = "outside";
        Loop.CallSoon(() =>
        {
            _local.Value = "changed";
            throw new FormatException();
        });
        Loop.CallSoon(() =>
        {
            ExecutionContext.SuppressFlow();
            _local.Value = "changed";
        });
        Loop.CallSoon(() => Log.Add($"{_local.Value} {ExecutionContext.IsFlowSuppressed()}"));
        Iterate();
        TakeError();
        Assert.That(Log, Is.EqualTo((string[])["outside False"]));
    }

    /// <summary>
    /// Rule 90: a task copies the context at its creation; its changes stay its own, across its suspensions.
    /// asyncio: test_tasks.test_context_1.
    /// </summary>
    [Test]
    public void ATask_CopiesTheContext_AndKeepsItsOwn() => Run(async () =>
    {
        _local.Value = "parent";
        var tasks = Enumerable.Range(0, 3).Select(i => (Future<string>)Asyncio.CreateTask(() => ChildAsync(i))).ToArray();
        var seen = await Asyncio.GatherAsync<string>(tasks);
        Assert.That(seen, Is.EqualTo((string[])["parent child 0", "parent child 1", "parent child 2"]));
        Assert.That(_local.Value, Is.EqualTo("parent"));

        async Task<string> ChildAsync(int number)
        {
            var inherited = _local.Value;
            _local.Value = $"child {number}";
            await Asyncio.YieldAsync();
            await Asyncio.SleepAsync(Soon);
            return $"{inherited} {_local.Value}";
        }
    });

    /// <summary>
    /// Rule 90: a context that was captured serves any number of tasks. In asyncio they share it (<c>create_task(context=…)</c>); an
    /// execution context of .NET does not change, so each starts as it was. asyncio: test_tasks.test_context_6.
    /// </summary>
    [Test]
    public void TasksMadeInACapturedContext_EachStartInIt() => Run(async () =>
    {
        _local.Value = "captured";
        var captured = ExecutionContext.Capture()!;
        _local.Value = "main";
        for (var i = 0; i < 2; i++)
        {
            LoopTask? task = null;
            ExecutionContext.Run(captured, _ => task = Asyncio.CreateTask(ChangeAsync), null);
            await task!;
        }

        Assert.That((string[])[.. Log, _local.Value], Is.EqualTo((string[])["captured", "captured", "main"]));

        async Task ChangeAsync()
        {
            Log.Add(_local.Value!);
            _local.Value = "changed";
            await Asyncio.YieldAsync();
        }
    });

    /// <summary>
    /// Rule 90 says that a set in an awaited coroutine is visible to the caller. Not so in C#: an async method gives its
    /// caller's context back. The difference is .NET's, and documented.
    /// </summary>
    [Test]
    public void AChangeInAnAwaitedAsyncMethod_IsNotVisibleToTheCaller() => Run(async () =>
    {
        _local.Value = "caller";
        await CalleeAsync();
        Assert.That(_local.Value, Is.EqualTo("caller"));

        async Task CalleeAsync()
        {
            _local.Value = "callee";
            await Asyncio.YieldAsync();
            Assert.That(_local.Value, Is.EqualTo("callee"));
        }
    });

    /// <summary>Rule 91: the exception handler runs in the context of what failed.</summary>
    [Test]
    public void TheExceptionHandler_RunsInTheContextOfTheFailedCallback()
    {
        Loop.ExceptionHandler = error => Log.Add($"{error.Exception.Message} {_local.Value}");
        _local.Value = "first";
        Loop.CallSoon(() => throw new FormatException("soon"));
        _local.Value = "second";
        Loop.CallLater(TimeSpan.Zero, () => throw new FormatException("later"));
        _local.Value = "third";
        Iterate();
        Assert.That(Log, Is.EqualTo((string[])["soon first", "later second"]));
        Assert.That(_local.Value, Is.EqualTo("third"));
    }

    /// <summary>Rule 51: callbacks see no task, whoever scheduled them; between callbacks there is none either.</summary>
    [Test]
    public void CallbacksHaveNoCurrentTask() => Run(async () =>
    {
        var main = Asyncio.CurrentTask();
        Assert.That(main!.Name, Is.EqualTo("main"));
        var future = Loop.CreateFuture<int>();
        Loop.CallSoon(() => Log.Add(Name()));
        Loop.CallLater(TimeSpan.Zero, () => Log.Add(Name()));
        future.AddDoneCallback(_ => Log.Add(Name()));
        future.SetResult(0);
        await Asyncio.SleepAsync(Soon);
        Assert.That(Log, Is.EqualTo((string[])["none", "none", "none"]));
        Assert.That(Asyncio.CurrentTask(), Is.SameAs(main));

        static string Name() => Asyncio.CurrentTask()?.Name ?? "none";
    });
}

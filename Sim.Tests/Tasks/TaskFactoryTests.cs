using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Who makes the tasks of a loop (rule 89, asyncio's set_task_factory).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class TaskFactoryTests(LoopKind kind) : LoopFixture(kind)
{
    /// <summary>asyncio: test_base_events.test_set_task_factory: lazy by default, and again with null.</summary>
    [Test]
    public void TheFactory_IsLazyUnlessSet()
    {
        Assert.That(Loop.GetTaskFactory(), Is.SameAs(LoopTaskFactory.Lazy));
        Loop.SetTaskFactory(LoopTaskFactory.Eager);
        Assert.That(Loop.GetTaskFactory(), Is.SameAs(LoopTaskFactory.Eager));
        using var other = NewLoop(new LoopOptions());
        Assert.That(other.GetTaskFactory(), Is.SameAs(LoopTaskFactory.Lazy), "each loop has its own");
        Loop.SetTaskFactory(null);
        Assert.That(Loop.GetTaskFactory(), Is.SameAs(LoopTaskFactory.Lazy));
    }

    /// <summary>Rule 89: what a call says about eagerness is stronger than the factory.</summary>
    [Test]
    public void ACallsEagerness_IsStrongerThanTheFactorys() => Run(() =>
    {
        Loop.SetTaskFactory(LoopTaskFactory.Eager);
        Assert.That(Asyncio.CreateTask(() => Task.FromResult(1)).IsDone, Is.True);
        Assert.That(Asyncio.CreateTask(() => Task.CompletedTask, eager: false).IsDone, Is.False);
        Loop.SetTaskFactory(null);
        Assert.That(Asyncio.CreateTask(() => Task.CompletedTask).IsDone, Is.False);
        Assert.That(Asyncio.CreateTask(() => Task.FromResult(1), eager: true).IsDone, Is.True);
        return Task.CompletedTask;
    });

    /// <summary>A factory that puts code around every body, whoever makes the task: gather, a group, a shield, a wait.</summary>
    [Test]
    public void AFactory_CanWrapEveryBody() => Run(async () =>
    {
        Loop.SetTaskFactory(new WrappingFactory(Log));
        await Asyncio.CreateTask(() => Task.CompletedTask, "plain");
        Assert.That(await Asyncio.CreateTask(() => Task.FromResult(7), "typed"), Is.EqualTo(7));
        await Asyncio.GatherAsync(OneAsync);
        await TaskGroup.RunAsync(group =>
        {
            _ = group.CreateTask(() => Task.CompletedTask, "of a group", eager: true);
            return Task.CompletedTask;
        });
        await Asyncio.Shield(OneAsync);
        Assert.That(Log, Is.EqualTo((string[])
        [
            "plain begins", "plain ends", "typed begins", "typed ends", "OneAsync begins", "OneAsync ends",
            "of a group begins", "of a group ends", "OneAsync-2 begins", "OneAsync-2 ends",
        ]));

        static Task<int> OneAsync() => Task.FromResult(1);
    });

    /// <summary>A wrapped body fails and is cancelled as it would be bare.</summary>
    [Test]
    public void AWrappedBody_EndsAsItself() => Run(async () =>
    {
        Loop.SetTaskFactory(new WrappingFactory(Log));
        var failing = Asyncio.CreateTask(() => Task.FromException(new FormatException()), "failing");
        var waiting = Asyncio.CreateTask(() => Asyncio.SleepAsync(TimeSpan.FromHours(1)), "waiting");
        await Asyncio.YieldAsync();
        waiting.Cancel();
        await Caught.ByAsync<FormatException>(async () => await failing);
        Assert.That(await Caught.IsCancelledAsync(async () => await waiting), Is.True);
        Assert.That(Log, Is.EqualTo((string[])["failing begins", "failing ends", "waiting begins", "waiting ends"]));
    });

    /// <summary>A factory that fails fails the call that wanted the task; a group is not harmed by it.</summary>
    [Test]
    public void AFactoryThatFails_FailsTheCall() => Run(async () =>
    {
        Loop.SetTaskFactory(new RefusingFactory());
        Assert.That(() => Asyncio.CreateTask(() => Task.CompletedTask), Throws.TypeOf<NotSupportedException>());
        var error = await Caught.ByAsync<TaskGroupException>(async () => await TaskGroup.RunAsync(group =>
        {
            _ = group.CreateTask(() => Task.CompletedTask);
            return Task.CompletedTask;
        }));
        Assert.That(error.InnerExceptions[0], Is.TypeOf<NotSupportedException>());
        Assert.That(Asyncio.AllTasks(), Has.Count.EqualTo(1));
    });

    [Test]
    public void SettingTheFactory_FromAnotherThread_IsRefused() => Run(() =>
    {
        var loop = Loop;
        Assert.That(OnOtherThread(() => loop.SetTaskFactory(null)), Is.TypeOf<ForeignThreadException>());
        return Task.CompletedTask;
    });

    /// <summary>Records when a body begins and ends.</summary>
    private sealed class WrappingFactory(List<string> log) : LoopTaskFactory
    {
        public override LoopTask Create(EventLoop loop, Func<Task> body, TaskCreation creation)
        {
            return base.Create(loop, WrappedAsync, creation);

            async Task WrappedAsync()
            {
                using var mark = new Mark(log);
                await body();
            }
        }

        public override LoopTask<T> Create<T>(EventLoop loop, Func<Task<T>> body, TaskCreation creation)
        {
            return base.Create(loop, WrappedAsync, creation);

            async Task<T> WrappedAsync()
            {
                using var mark = new Mark(log);
                return await body();
            }
        }
    }

    /// <summary>The line at the begin and that at the end.</summary>
    private sealed class Mark : IDisposable
    {
        private readonly string _name = Asyncio.CurrentTask()!.Name;
        private readonly List<string> _log;

        public Mark(List<string> log)
        {
            _log = log;
            _log.Add($"{_name} begins");
        }

        public void Dispose() => _log.Add($"{_name} ends");
    }

    /// <summary>Makes no tasks.</summary>
    private sealed class RefusingFactory : LoopTaskFactory
    {
        public override LoopTask Create(EventLoop loop, Func<Task> body, TaskCreation creation) => throw new NotSupportedException();
    }
}

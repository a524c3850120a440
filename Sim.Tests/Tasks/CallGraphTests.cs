using NUnit.Framework;
using Sim.Core;

namespace Sim.Tests;

/// <summary>Who awaits whom, as text and as edges (asyncio: test_graph).</summary>
[TestFixture(LoopKind.Virtual)]
[TestFixture(LoopKind.Real)]
public sealed class CallGraphTests(LoopKind kind) : LoopFixture(kind)
{
    private Future<int>? _end;

    /// <summary>asyncio: test_graph.test_stack_tgroup, test_stack_gather, test_stack_shield: the edges go through what stands between the tasks.</summary>
    [Test]
    public void TheGraph_GoesThroughCombinators()
    {
        var graph = Capture(() =>
        {
            var sleeper = Asyncio.CreateTask(() => Asyncio.SleepAsync(TimeSpan.FromHours(1)), "sleeper");
            var other = Asyncio.CreateTask(() => Asyncio.SleepAsync(Timeout.InfiniteTimeSpan), "other");
            _ = Asyncio.CreateTask(async () => await Asyncio.GatherAsync<ValueTuple>(sleeper, other), "gathers");
            _ = Asyncio.CreateTask(async () => await Asyncio.Shield(other), "shields");
            _ = Asyncio.CreateTask(async () => await Asyncio.WaitAsync([sleeper, other], ReturnWhen.FirstCompleted), "waits");
            _ = Asyncio.CreateTask(
                async () => await TaskGroup.RunAsync(group =>
                {
                    _ = group.CreateTask(async () => { await sleeper; }, "child");
                    return Task.CompletedTask;
                }),
                "leads");
            _ = Asyncio.CreateTask(
                async () =>
                {
                    await foreach (var _ in Asyncio.AsCompleted([other]))
                    {
                        Log.Add("unreachable");
                    }
                },
                "draws");
            _ = Asyncio.CreateTask(async () => await Asyncio.WaitForAsync(other, TimeSpan.FromHours(2)), "limits");
            return Task.CompletedTask;
        });
        Assert.That(Timeless(graph.ToString()), Is.EqualTo("""
            10 tasks of loop at <time>
              main runs now
              gathers waits on gather of 2 (task sleeper, task other) since <time> in TheGraph_GoesThroughCombinators
                sleeper sleeps until <time> since <time>
                other sleeps for ever since <time>
              shields waits on a shield around task other since <time> in TheGraph_GoesThroughCombinators
                other (above)
              waits waits on the first of 2 (task sleeper, task other) since <time> in TheGraph_GoesThroughCombinators
                sleeper (above)
                other (above)
              leads waits on the tasks of its group: 1 (task child) since <time> in TheGraph_GoesThroughCombinators
                child waits on task sleeper since <time> in TheGraph_GoesThroughCombinators
                  sleeper (above)
              draws waits on the next of 1 (task other) since <time> in TheGraph_GoesThroughCombinators
                other (above)
              limits waits on task other since <time> in TheGraph_GoesThroughCombinators
                other (above)
            """));
    }

    /// <summary>asyncio: test_graph.test_stack_async_gen, test_simple_call_stack: from a task upwards: who waits for it.</summary>
    [Test]
    public void ATask_IsDescribedWithThoseThatWaitForIt()
    {
        ILoopTask? sleeper = null;
        ILoopTask? middle = null;
        ILoopTask? top = null;
        var graph = Capture(() =>
        {
            var task = Asyncio.CreateTask(() => Asyncio.SleepAsync(Timeout.InfiniteTimeSpan), "sleeper");
            var waiter = Asyncio.CreateTask(async () => { await task; }, "middle");
            (sleeper, middle) = (task, waiter);
            top = Asyncio.CreateTask(async () => await Asyncio.WaitAsync([task, waiter]), "top");
            return Task.CompletedTask;
        });
        Assert.That(Timeless(graph.Describe(sleeper!)), Is.EqualTo("""
            sleeper sleeps for ever since <time>
              awaited by middle waits on task sleeper since <time> in ATask_IsDescribedWithThoseThatWaitForIt
                awaited by top waits on all of 2 (task sleeper, task middle) since <time> in ATask_IsDescribedWithThoseThatWaitForIt
              awaited by top (above)
            """));
        Assert.That(graph.AwaitedFrom(top!), Is.EqualTo((ILoopTask[])[sleeper!, middle!]));
        Assert.That(graph.AwaitedBy(sleeper!), Is.EqualTo((ILoopTask[])[middle!, top!]));
        Assert.That(graph.AwaitedBy(top!), Is.Empty);
        Assert.That(graph.Tasks.Select(task => task.Name), Is.EqualTo((string[])["main", "sleeper", "middle", "top"]));
    }

    /// <summary>The picture is that of its moment: a task that ends later stays in it.</summary>
    [Test]
    public void TheGraph_DoesNotChange() => Run(async () =>
    {
        var ended = Asyncio.CreateTask(() => Task.CompletedTask, "ended");
        var graph = Asyncio.CaptureCallGraph();
        var text = graph.ToString();
        await ended;
        Assert.That(graph.ToString(), Is.EqualTo(text));
        Assert.That(graph.Describe(ended), Is.EqualTo("ended has not started"));
        Assert.That(
            () => Asyncio.CaptureCallGraph().Describe(ended),
            Throws.ArgumentException.With.Message.Match(
                @"^Task ended is not in this call graph, which was taken at \d+\.\d+s of loop: it had ended, or is of another loop\.$"));
    });

    /// <summary>Tasks that await each other in a circle are shown, once.</summary>
    [Test]
    public void ACircle_IsShown()
    {
        var graph = Capture(() =>
        {
            LoopTask? second = null;
            var first = Asyncio.CreateTask(async () => { await second!; }, "first");
            second = Asyncio.CreateTask(async () => { await first; }, "second");
            return Task.CompletedTask;
        });
        Assert.That(Timeless(graph.ToString()), Is.EqualTo("""
            3 tasks of loop at <time>
              main runs now
              in a circle: first waits on task second since <time> in ACircle_IsShown
                second waits on task first since <time> in ACircle_IsShown
                  first (above)
            """));
    }

    /// <summary>cpython#156860: two tasks a layer, each awaiting both below: 2^30 ways down, and a line for each edge.</summary>
    [Test]
    public void ADiamond_StaysLinear()
    {
        var graph = Capture(() =>
        {
            LoopTask<int>[] layer = [Asyncio.CreateTask(UntilTheEndAsync, "bottom")];
            for (var i = 0; i < 30; i++)
            {
                var below = layer;
                layer = [GatheringTask(below), GatheringTask(below)];
            }

            return Task.CompletedTask;
        });
        Assert.That(graph.Tasks, Has.Count.EqualTo(62));
        Assert.That(graph.ToString().Split('\n'), Has.Length.EqualTo(1 + 1 + 2 + 2 + (29 * 4)), "title, main, two roots, two edges to the bottom, four a layer");
        Assert.That(graph.Describe(graph.Tasks[1]).Split('\n'), Has.Length.EqualTo(1 + 2 + (29 * 4)));

        static LoopTask<int> GatheringTask(LoopTask<int>[] below) => Asyncio.CreateTask(
            async () => (await Asyncio.GatherAsync<int>(below)).Length,
            "gathers");
    }

    /// <summary>A chain needs no stack, and its text is not the square of its length.</summary>
    [Test]
    public void AChainOfTenThousand_IsShown()
    {
        var graph = Capture(() =>
        {
            var last = Asyncio.CreateTask(UntilTheEndAsync, "bottom");
            for (var i = 0; i < 10_000; i++)
            {
                var inner = last;
                last = Asyncio.CreateTask(async () => await inner, "link");
            }

            return Task.CompletedTask;
        });
        var text = graph.ToString();
        Assert.That(text.Split('\n'), Has.Length.EqualTo(10_003));
        Assert.That(text, Has.Length.LessThan(10_003 * 200));
        Assert.That(text, Does.Contain($"\n{new string(' ', 80)}[level 10001] bottom waits on a future since "));
        Assert.That(graph.Describe(graph.Tasks[1]).Split('\n'), Has.Length.EqualTo(10_001));
    }

    private async Task<int> UntilTheEndAsync()
    {
        _end = Loop.CreateFuture<int>();
        return await _end;
    }

    private static string Timeless(string text) =>
        System.Text.RegularExpressions.Regex.Replace(CodePlaces.Without(text), @"\d+(h|m|\.\d+s)[^ \n]*", "<time>");

    private CallGraph Capture(Func<Task> build)
    {
        _end = null;
        CallGraph? graph = null;
        Run(async () =>
        {
            await build();
            await SettleAsync();
            graph = Asyncio.CaptureCallGraph();
            if (_end is not null)
            {
                // A diamond is not cancelled: one request for each of its ways would be sent, in CPython as here.
                _end.SetResult(1);
                await Asyncio.WaitAsync(graph.Tasks.Skip(1).Cast<Future>());
            }
        });
        Loop.CancelAllTasks();
        return graph!;
    }
}

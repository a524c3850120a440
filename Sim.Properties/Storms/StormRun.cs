using Sim.Core;

namespace Sim.Properties;

/// <summary>One run of a storm on the running loop.</summary>
internal sealed class StormRun(Storm storm, StormWorld world)
{
    // In each of them somebody can go on, if only by a sleep.
    private const int IdleRounds = 50;

    private readonly List<LoopTask> _tasks = [];
    private readonly HashSet<LoopTask> _asked = [];

    /// <summary>What must not happen and did; empty if all is well.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        var trees = storm.Trees.Select((tree, i) => Start(() => RunAsync(tree, CancellationToken.None), $"tree-{i}")).ToList();
        foreach (var request in storm.Requests)
        {
            if (request.After > 0)
            {
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(request.After - 1));
            }

            Ask(request.Deep ? _tasks[^1] : trees[request.Tree]);
        }

        var (ended, idle) = (0, 0);
        while (ended < _tasks.Count && idle++ < IdleRounds)
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(5));
            await world.RescueAsync();
            var now = _tasks.Count(static task => task.IsDone);
            idle = now > ended ? 0 : idle;
            ended = now;
        }

        if (_tasks.Any(static task => !task.IsDone))
        {
            world.Check(false, $"all tasks end\n{Asyncio.CaptureCallGraph()}");
            return world.Violations;
        }

        await world.CheckAtTheEndAsync();
        for (var i = 0; i < trees.Count; i++)
        {
            world.Check(
                _asked.Contains(trees[i]) || trees[i].CancelRequests == 0,
                $"task {i}, which nobody asked to stop, has no request left");
        }

        foreach (var outcome in await Asyncio.GatherOutcomesAsync<ValueTuple>(_tasks))
        {
            world.Check(outcome.Exception is null or OperationCanceledException or StormException, $"a task ends with {outcome.Exception}");
        }

        return world.Violations;
    }

    private void Ask(LoopTask task)
    {
        _asked.Add(task);
        task.Cancel();
    }

    private LoopTask Start(Func<Task> body, string name, bool eager = false)
    {
        var task = Asyncio.CreateTask(body, name, eager);
        _tasks.Add(task);
        return task;
    }

    private Task RunAsync(StormNode node, CancellationToken token) => node.Kind switch
    {
        StormKind.Yield => Asyncio.YieldAsync().AsTask(),
        StormKind.Sleep => Asyncio.SleepAsync(Milliseconds(node), token).AsTask(),
        StormKind.Put => ToleratingAsync<QueueShutDownException>(() => world.PutAsync(token)),
        StormKind.Get => ToleratingAsync<QueueShutDownException>(() => world.Queue.GetAsync(token)),
        StormKind.Read => world.Queue.ReadAsync(node.Number, token),
        StormKind.Join => world.Queue.JoinAsync(token),
        StormKind.Event => world.WaitForSignalAsync(token),
        StormKind.Condition => UnderTheConditionAsync(() => world.Condition.WaitAsync(token).AsTask(), token),
        // Broken: the rescue has reset it.
        StormKind.Barrier => ToleratingAsync<BrokenBarrierException>(() => world.Barrier.WaitAsync(token).AsTask()),
        StormKind.Fail => throw new StormException(),
        StormKind.Lock => world.HoldLockAsync(node.Number, () => RunAllAsync(node.Body, token), token),
        StormKind.Semaphore => world.HoldUnitAsync(() => RunAllAsync(node.Body, token), token),
        < StormKind.Run => DoAsync(node, token),
        < StormKind.Shield => RunBlockAsync(node, token),
        _ => RunTasksAsync(node, token),
    };

    private Task DoAsync(StormNode node, CancellationToken token)
    {
        switch (node.Kind)
        {
            case StormKind.Signal:
                world.Signal();
                break;
            case StormKind.Shutdown:
                world.Shutdown(immediate: node.Number % 2 == 1);
                break;
            case StormKind.Ask:
                Ask(_tasks[node.Number % _tasks.Count]);
                break;
            case StormKind.Notify:
                return UnderTheConditionAsync(() =>
                {
                    world.Condition.Notify();
                    return Task.CompletedTask;
                }, token);
        }

        return Task.CompletedTask;
    }

    private Task RunBlockAsync(StormNode node, CancellationToken token) => node.Kind switch
    {
        StormKind.Run => RunAllAsync(node.Body, token),
        StormKind.Timeout => ToleratingAsync<TimeoutException>(
            () => Asyncio.TimeoutAsync(Milliseconds(node), _ => RunAllAsync(node.Body, token)).AsTask()),
        StormKind.Token => WithATokenAsync(node),
        StormKind.Swallow => ToleratingAsync<OperationCanceledException>(() => RunAllAsync(node.Body, token)),
        _ => throw new InvalidOperationException($"{node.Kind} is no block."),
    };

    private async Task RunTasksAsync(StormNode node, CancellationToken token)
    {
        switch (node.Kind)
        {
            case StormKind.Shield:
                await Asyncio.Shield(Start(() => RunAllAsync(node.Body, token), "shielded"));
                break;
            case StormKind.WaitFor:
                var inner = Start(() => RunAllAsync(node.Body, token), "awaited", IsEager(node));
                await ToleratingAsync<TimeoutException>(() => Asyncio.WaitForAsync(inner, Milliseconds(node)).AsTask());
                break;
            case StormKind.Group:
                await ToleratingAsync<TaskGroupException>(() => TaskGroup.RunAsync(group => RunGroupAsync(group, node, token)).AsTask());
                break;
            case StormKind.Gather:
                await Asyncio.GatherAsync<ValueTuple>(Children(node, token));
                break;
            case StormKind.Wait:
                await Asyncio.WaitAsync(Children(node, token), (ReturnWhen)(node.Number % 3), Milliseconds(node), token);
                break;
            case StormKind.AsCompleted:
                await ToleratingAsync<TimeoutException>(() => RunAsCompletedAsync(node, token));
                break;
        }
    }

    private async Task RunAsCompletedAsync(StormNode node, CancellationToken token)
    {
        await foreach (var ended in Asyncio.AsCompleted(Children(node, token), Milliseconds(node)))
        {
            world.Check(ended.IsDone, "what comes as completed is done");
        }
    }

    private async Task RunGroupAsync(TaskGroup group, StormNode node, CancellationToken token)
    {
        foreach (var part in node.Body)
        {
            _tasks.Add(group.CreateTask(() => RunAsync(part, token), "member", IsEager(node)));
        }

        await Asyncio.SleepAsync(Milliseconds(node), token);
    }

    // A token cancels no task: if nothing else is cancelled, this goes on behind the block.
    private async Task WithATokenAsync(StormNode node)
    {
        using var source = new CancellationTokenSource();
        using var timer = Asyncio.GetRunningLoop().CallLater(Milliseconds(node), source.Cancel);
        try
        {
            await RunAllAsync(node.Body, source.Token);
        }
        catch (OperationCanceledException stopped) when (stopped.CancellationToken == source.Token)
        {
            // Part of the weather.
        }
    }

    private async Task UnderTheConditionAsync(Func<Task> body, CancellationToken token)
    {
        using (await world.Condition.AcquireAsync(token))
        {
            await body();
        }
    }

    private async Task RunAllAsync(IReadOnlyList<StormNode> body, CancellationToken token)
    {
        foreach (var node in body)
        {
            await RunAsync(node, token);
        }
    }

    private List<LoopTask> Children(StormNode node, CancellationToken token) =>
        [.. node.Body.Select(part => Start(() => RunAsync(part, token), "child", IsEager(node)))];

    private static bool IsEager(StormNode node) => node.Number % 2 == 1;

    private static async Task ToleratingAsync<TException>(Func<Task> body)
        where TException : Exception
    {
        try
        {
            await body();
        }
        catch (TException)
        {
            // Part of the weather.
        }
    }

    private static TimeSpan Milliseconds(StormNode node) => TimeSpan.FromMilliseconds(node.Number);

    /// <summary>A failure that belongs to the storm.</summary>
    internal sealed class StormException : Exception;
}

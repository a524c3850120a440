using Sim.Core;

namespace Sim.Properties;

/// <summary>One run of a storm on the running loop.</summary>
internal sealed class StormRun(Storm storm, StormWorld world)
{
    private const int RescueRounds = 400;

    private readonly List<LoopTask> _tasks = [];
    private readonly HashSet<LoopTask> _asked = [];

    /// <summary>What must not happen and did; empty if all is well.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        var trees = storm.Trees.Select((tree, i) => Start(() => RunAsync(tree), $"tree-{i}")).ToList();
        foreach (var request in storm.Requests)
        {
            if (request.After > 0)
            {
                await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(request.After - 1));
            }

            Ask(request.Deep ? _tasks[^1] : trees[request.Tree]);
        }

        for (var round = 0; round < RescueRounds && _tasks.Any(static task => !task.IsDone); round++)
        {
            await Asyncio.SleepAsync(TimeSpan.FromMilliseconds(5));
            await world.RescueAsync();
        }

        if (_tasks.Any(static task => !task.IsDone))
        {
            world.Check(false, $"all tasks end\n{Asyncio.CaptureCallGraph()}");
            return world.Violations;
        }

        await world.CheckAtTheEndAsync();
        for (var i = 0; i < trees.Count; i++)
        {
            world.Check(_asked.Contains(trees[i]) || trees[i].CancelRequests == 0, $"task {i}, which nobody asked to stop, has no request left");
        }

        // Whatever they ended with has been seen.
        await Asyncio.GatherOutcomesAsync<ValueTuple>(_tasks);
        return world.Violations;
    }

    private void Ask(LoopTask task)
    {
        _asked.Add(task);
        task.Cancel();
    }

    private LoopTask Start(Func<Task> body, string name)
    {
        var task = Asyncio.CreateTask(body, name);
        _tasks.Add(task);
        return task;
    }

    private async Task RunAsync(StormNode node)
    {
        switch (node.Kind)
        {
            case StormKind.Yield:
                await Asyncio.YieldAsync();
                break;
            case StormKind.Sleep:
                await Asyncio.SleepAsync(Milliseconds(node));
                break;
            case StormKind.Put:
                await world.PutAsync();
                break;
            case StormKind.Get:
                await world.GetAsync();
                break;
            case StormKind.Event:
                await world.Event.WaitAsync();
                break;
            case StormKind.Condition:
                using (await world.Condition.AcquireAsync())
                {
                    await world.Condition.WaitAsync();
                }

                break;
            case StormKind.Barrier:
                await PassBarrierAsync();
                break;
            case StormKind.Fail:
                throw new StormException();
            case StormKind.Ask:
                Ask(_tasks[node.Number % _tasks.Count]);
                break;
            case StormKind.Lock:
                await world.HoldLockAsync(node.Number, () => RunAllAsync(node.Body));
                break;
            case StormKind.Semaphore:
                await world.HoldUnitAsync(() => RunAllAsync(node.Body));
                break;
            default:
                await RunBlockAsync(node);
                break;
        }
    }

    private async Task RunBlockAsync(StormNode node)
    {
        switch (node.Kind)
        {
            case StormKind.Run:
                await RunAllAsync(node.Body);
                break;
            case StormKind.Timeout:
                await ToleratingAsync<TimeoutException>(() => Asyncio.TimeoutAsync(Milliseconds(node), _ => RunAllAsync(node.Body)).AsTask());
                break;
            case StormKind.Swallow:
                await ToleratingAsync<OperationCanceledException>(() => RunAllAsync(node.Body));
                break;
            case StormKind.Shield:
                await Asyncio.Shield(Start(() => RunAllAsync(node.Body), "shielded"));
                break;
            case StormKind.Group:
                await ToleratingAsync<TaskGroupException>(() => TaskGroup.RunAsync(group => RunGroupAsync(group, node)).AsTask());
                break;
            case StormKind.Gather:
                await Asyncio.GatherAsync<ValueTuple>(Children(node));
                break;
            case StormKind.Wait:
                await Asyncio.WaitAsync(Children(node), (ReturnWhen)(node.Number % 3), Milliseconds(node));
                break;
            default:
                throw new InvalidOperationException($"{node.Kind} is no block.");
        }
    }

    private async Task RunGroupAsync(TaskGroup group, StormNode node)
    {
        foreach (var part in node.Body)
        {
            _tasks.Add(group.CreateTask(() => RunAsync(part), "member"));
        }

        await Asyncio.SleepAsync(Milliseconds(node));
    }

    private async Task PassBarrierAsync()
    {
        try
        {
            await world.Barrier.WaitAsync();
        }
        catch (BrokenBarrierException)
        {
            // The rescue has reset it.
        }
    }

    private async Task RunAllAsync(IReadOnlyList<StormNode> body)
    {
        foreach (var node in body)
        {
            await RunAsync(node);
        }
    }

    private List<LoopTask> Children(StormNode node) => [.. node.Body.Select(part => Start(() => RunAsync(part), "child"))];

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

using Sim.Core;

namespace Sim.Scoreboard;

/// <summary>The tasks of a bug program. To start one is a scheduling point: it may run at once, or its starter may go on.</summary>
internal sealed class Team(StepRules rules)
{
    private readonly List<LoopTask> _members = [];

    public async ValueTask StartAsync(string name, Func<Task> body)
    {
        await TakeStepsAsync(rules.StepsToStart);
        _members.Add(Asyncio.CreateTask(rules.StepsToBegin > 0 ? BeginAsync : body, name));
        if (rules.StartingIsAStep)
        {
            await Asyncio.YieldBeforeAsync(_members, isWrite: false);
        }

        async Task BeginAsync()
        {
            await TakeStepsAsync(rules.StepsToBegin);
            await body();
        }
    }

    /// <summary>Waits for all, in the order of their start.</summary>
    public async Task JoinAsync()
    {
        foreach (var member in _members)
        {
            await member;
        }
    }

    private static async ValueTask TakeStepsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Asyncio.YieldAsync();
        }
    }
}

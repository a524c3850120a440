using Sim.Core;

namespace Sim.Scoreboard;

/// <summary>The tasks of a bug program. To start one is a scheduling point: it may run at once, or its starter may go on.</summary>
internal sealed class Team
{
    private readonly List<LoopTask> _members = [];

    public ValueTask StartAsync(string name, Func<Task> body)
    {
        _members.Add(Asyncio.CreateTask(body, name));
        return Asyncio.YieldBeforeAsync(_members, isWrite: false);
    }

    /// <summary>Waits for all, in the order of their start.</summary>
    public async Task JoinAsync()
    {
        foreach (var member in _members)
        {
            await member;
        }
    }
}

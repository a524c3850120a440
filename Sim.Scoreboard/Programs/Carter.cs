namespace Sim.Scoreboard;

/// <summary>
/// Two groups count their members under one lock, and the first member of each takes the common resource while it holds
/// that lock; the last one needs the lock to give the resource back. Deadlock. Two more tasks do nothing.
/// </summary>
internal sealed class Carter(StepRules rules) : IBugProgram
{
    public string Name => "carter01";

    public async Task RunAsync()
    {
        var counting = new SteppedLock(rules, "counting");
        var resource = new SteppedLock(rules, "resource");
        var team = new Team(rules);
        await team.StartAsync("first", WorkAsync);
        await team.StartAsync("second", WorkAsync);
        await team.StartAsync("third", static () => Task.CompletedTask);
        await team.StartAsync("fourth", static () => Task.CompletedTask);
        await team.JoinAsync();

        async Task WorkAsync()
        {
            // Each task is its own group: it is the first to come and the last to leave.
            var members = 0;
            await counting.AcquireAsync();
            if (++members == 1)
            {
                await resource.AcquireAsync();
            }

            await counting.ReleaseAsync();
            await counting.AcquireAsync();
            if (--members == 0)
            {
                await resource.ReleaseAsync();
            }

            await counting.ReleaseAsync();
        }
    }
}

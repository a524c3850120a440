using Sim.Clock;
using Sim.Core;

namespace Sim.Scoreboard;

/// <summary>
/// Two workers write under a lease of a second, which each takes if nobody has it or its time is over. A holder looks at its lease
/// before the write and not at it. No timer is set anywhere: the bug shows only if work takes time.
/// </summary>
internal sealed class Lease(StepRules rules) : IBugProgram
{
    private static readonly TimeSpan _term = TimeSpan.FromSeconds(1);

    public string Name => "lease";

    public async Task RunAsync()
    {
        string? holder = null;
        var until = default(Instant);
        var team = new Team(rules);
        await team.StartAsync("first", () => WriteAsync("first"));
        await team.StartAsync("second", () => WriteAsync("second"));
        await team.JoinAsync();

        async Task WriteAsync(string name)
        {
            var loop = Asyncio.GetRunningLoop();
            await Asyncio.YieldBeforeAsync(nameof(holder));
            if (holder is null || loop.Time >= until)
            {
                (holder, until) = (name, loop.Time + _term);
                await Asyncio.YieldBeforeAsync(nameof(holder), isWrite: false);
                BugFoundException.Unless(holder == name, "written under a lease that another one has");
            }
        }
    }
}

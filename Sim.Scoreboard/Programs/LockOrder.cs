namespace Sim.Scoreboard;

/// <summary>One task takes A, then B; the other B, then A.</summary>
internal sealed class LockOrder(StepRules rules) : IBugProgram
{
    public string Name => "deadlock01";

    public async Task RunAsync()
    {
        var a = new SteppedLock(rules, "a");
        var b = new SteppedLock(rules, "b");
        var team = new Team(rules);
        await team.StartAsync("ab", () => TakeBothAsync(a, b));
        await team.StartAsync("ba", () => TakeBothAsync(b, a));
        await team.JoinAsync();
    }

    private static async Task TakeBothAsync(SteppedLock first, SteppedLock second)
    {
        await first.AcquireAsync();
        await second.AcquireAsync();
        await second.ReleaseAsync();
        await first.ReleaseAsync();
    }
}

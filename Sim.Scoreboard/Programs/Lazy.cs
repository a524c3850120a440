namespace Sim.Scoreboard;

/// <summary>Under one lock, one task adds 1, one adds 2, and the third says that it is less than 3: wrong if it comes last.</summary>
internal sealed class Lazy(StepRules rules) : IBugProgram
{
    public string Name => "lazy01";

    public async Task RunAsync()
    {
        var gate = new SteppedLock(rules, "gate");
        var data = 0;
        var team = new Team(rules);
        await team.StartAsync("one", () => UnderLockAsync(() => data += 1));
        await team.StartAsync("two", () => UnderLockAsync(() => data += 2));
        await team.StartAsync("checker", () => UnderLockAsync(() => BugFoundException.Unless(data < 3, "both have been there")));
        await team.JoinAsync();

        async Task UnderLockAsync(Action act)
        {
            await gate.AcquireAsync();
            act();
            await gate.ReleaseAsync();
        }
    }
}

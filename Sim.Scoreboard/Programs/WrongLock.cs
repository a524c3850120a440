namespace Sim.Scoreboard;

/// <summary>One task guards the data with lock A and checks its own increment; the others increment under lock B.</summary>
/// <param name="rules">Where a schedule can switch.</param>
/// <param name="name">The name in the literature.</param>
/// <param name="others">How many use the wrong lock.</param>
internal sealed class WrongLock(StepRules rules, string name, int others) : IBugProgram
{
    public string Name => name;

    public async Task RunAsync()
    {
        var right = new SteppedLock(rules, "right");
        var wrong = new SteppedLock(rules, "wrong");
        var data = new Shared<int>("data", 0);
        var team = new Team(rules);
        await team.StartAsync("owner", async () =>
        {
            await right.AcquireAsync();
            var before = await data.ReadAsync();
            await data.WriteAsync(before + 1);
            BugFoundException.Unless(await data.ReadAsync() == before + 1, "an update got in between");
            await right.ReleaseAsync();
        });
        for (var i = 1; i <= others; i++)
        {
            await team.StartAsync($"other-{i}", async () =>
            {
                await wrong.AcquireAsync();
                await data.WriteAsync(await data.ReadAsync() + 1);
                await wrong.ReleaseAsync();
            });
        }

        await team.JoinAsync();
    }
}

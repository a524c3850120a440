namespace Sim.Scoreboard;

/// <summary>All but one set a = 1, then b = -1; one reads a, then b, and expects both or neither.</summary>
/// <param name="rules">Where a schedule can switch.</param>
/// <param name="tasks">How many there are besides the main one.</param>
internal sealed class Reorder(StepRules rules, int tasks) : IBugProgram
{
    public string Name => $"reorder_{tasks}";

    public async Task RunAsync()
    {
        var a = new Shared<int>("a", 0);
        var b = new Shared<int>("b", 0);
        var team = new Team(rules);
        for (var i = 1; i < tasks; i++)
        {
            await team.StartAsync($"setter-{i}", async () =>
            {
                await a.WriteAsync(1);
                await b.WriteAsync(-1);
            });
        }

        await team.StartAsync("checker", async () =>
        {
            var seen = (await a.ReadAsync(), await b.ReadAsync());
            BugFoundException.Unless(seen is (0, 0) or (1, -1), "one without the other");
        });
        await team.JoinAsync();
    }
}

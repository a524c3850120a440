namespace Sim.Scoreboard;

/// <summary>Each takes the fork at the left first, then the one at the right, eats, and puts both down at once.</summary>
/// <param name="rules">Where a schedule can switch.</param>
/// <param name="seats">How many dine.</param>
internal sealed class DiningPhilosophers(StepRules rules, int seats) : IBugProgram
{
    private const int Meals = 10;

    public string Name => $"din_phil_{seats}";

    public async Task RunAsync()
    {
        var forks = new SteppedLock[seats];
        for (var i = 0; i < seats; i++)
        {
            forks[i] = new SteppedLock(rules, $"fork-{i}");
        }

        var team = new Team(rules);
        for (var i = 0; i < seats; i++)
        {
            var (left, right) = (forks[i], forks[(i + 1) % seats]);
            await team.StartAsync($"philosopher-{i}", async () =>
            {
                for (var meal = 0; meal < Meals; meal++)
                {
                    await left.AcquireAsync();
                    await rules.HaveOneForkAsync();
                    await right.AcquireAsync();
                    right.Release();
                    left.Release();
                }
            });
        }

        await team.JoinAsync();
    }
}

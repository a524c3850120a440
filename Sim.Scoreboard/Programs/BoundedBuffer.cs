namespace Sim.Scoreboard;

/// <summary>
/// One condition stands for "not full" and "not empty", and one waiter is notified instead of all. The wrong one wakes, sees
/// nothing for it and waits again: in the end all wait.
/// </summary>
internal sealed class BoundedBuffer(StepRules rules) : IBugProgram
{
    private const int Capacity = 1;
    private const int Workers = 2;
    private const int Items = 2;

    public string Name => "boundedBuffer";

    public async Task RunAsync()
    {
        var gate = new SteppedLock(rules, "gate");
        var changed = new SteppedCondition(gate, "changed");
        var count = 0;
        var team = new Team(rules);
        for (var i = 1; i <= Workers; i++)
        {
            await team.StartAsync($"producer-{i}", () => WorkAsync(() => count < Capacity, +1));
        }

        for (var i = 1; i <= Workers; i++)
        {
            await team.StartAsync($"consumer-{i}", () => WorkAsync(() => count > 0, -1));
        }

        await team.JoinAsync();

        async Task WorkAsync(Func<bool> mayGo, int change)
        {
            for (var item = 0; item < Items; item++)
            {
                await gate.AcquireAsync();
                while (!mayGo())
                {
                    await changed.WaitAsync();
                }

                count += change;
                changed.Notify();
                await gate.ReleaseAsync();
            }
        }
    }
}

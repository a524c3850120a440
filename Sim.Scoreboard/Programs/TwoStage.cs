namespace Sim.Scoreboard;

/// <summary>
/// A writer sets the first datum under one lock and derives the second from it under another; a reader that takes the
/// locks one after the other sees the first without the second. Writers and readers start in turn.
/// </summary>
/// <param name="rules">Where a schedule can switch.</param>
/// <param name="name">The name in the literature.</param>
/// <param name="writers">How many write; all write the same.</param>
/// <param name="readers">How many read.</param>
internal sealed class TwoStage(StepRules rules, string name, int writers, int readers) : IBugProgram
{
    public string Name => name;

    public async Task RunAsync()
    {
        var one = new SteppedLock(rules, "one");
        var two = new SteppedLock(rules, "two");
        int first = 0, second = 0;
        var team = new Team(rules);
        for (var i = 1; i <= writers; i++)
        {
            await team.StartAsync($"writer-{i}", WriteAsync);
            if (rules.KindsStartInTurn && i <= readers)
            {
                await team.StartAsync($"reader-{i}", ReadAsync);
            }
        }

        for (var i = 1; !rules.KindsStartInTurn && i <= readers; i++)
        {
            await team.StartAsync($"reader-{i}", ReadAsync);
        }

        await team.JoinAsync();

        async Task WriteAsync()
        {
            await one.AcquireAsync();
            first = 1;
            await one.ReleaseAsync();
            await two.AcquireAsync();
            second = first + 1;
            await two.ReleaseAsync();
        }

        async Task ReadAsync()
        {
            await one.AcquireAsync();
            var seen = first;
            await one.ReleaseAsync();
            if (seen == 0)
            {
                return;
            }

            await two.AcquireAsync();
            BugFoundException.Unless(second == seen + 1, "the first without the second");
            await two.ReleaseAsync();
        }
    }
}

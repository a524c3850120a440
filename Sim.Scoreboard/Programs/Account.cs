namespace Sim.Scoreboard;

/// <summary>Checker, deposit and withdrawal under one lock; the checker has a wrong formula, which it uses only if it comes last.</summary>
internal sealed class Account(StepRules rules) : IBugProgram
{
    public string Name => "account";

    public async Task RunAsync()
    {
        const int opening = 1, deposit = 2, withdrawal = 4;
        var balance = opening;
        bool deposited = false, withdrawn = false;
        var gate = new SteppedLock(rules, "gate");
        var team = new Team(rules);
        await team.StartAsync("checker", async () =>
        {
            await gate.AcquireAsync();
            BugFoundException.Unless(!deposited || !withdrawn || balance == opening - deposit - withdrawal, "the sum is wrong");
            await gate.ReleaseAsync();
        });
        await team.StartAsync("depositor", async () =>
        {
            await gate.AcquireAsync();
            balance += deposit;
            deposited = true;
            await gate.ReleaseAsync();
        });
        await team.StartAsync("withdrawer", async () =>
        {
            await gate.AcquireAsync();
            balance -= withdrawal;
            withdrawn = true;
            await gate.ReleaseAsync();
        });
        await team.JoinAsync();
    }
}

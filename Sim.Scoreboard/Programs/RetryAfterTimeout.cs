using Sim.Core;

namespace Sim.Scoreboard;

/// <summary>
/// A client sends its payment again when the answer takes too long, and the server does not know it for the same. The server
/// needs a few steps and no time, so the bug shows only if time passes while there is work to do.
/// </summary>
internal sealed class RetryAfterTimeout(StepRules rules) : IBugProgram
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);

    public string Name => "retry_after_timeout";

    public async Task RunAsync()
    {
        var payments = new AsyncQueue<Future<bool>>();
        var charged = 0;
        var team = new Team(rules);
        await team.StartAsync("server", async () =>
        {
            await foreach (var answer in payments.ReadAllAsync())
            {
                await Asyncio.YieldAsync();
                charged++;
                await Asyncio.YieldAsync();
                answer.TrySetResult(true);
            }
        });
        await team.StartAsync("client", async () =>
        {
            while (!await PayAsync())
            {
            }

            payments.Shutdown();
        });
        await team.JoinAsync();
        BugFoundException.Unless(charged == 1, "charged more than once");

        async Task<bool> PayAsync()
        {
            var answer = new Future<bool>(Asyncio.GetRunningLoop());
            payments.PutNoWait(answer);
            try
            {
                return await Asyncio.WaitForAsync(answer, _patience);
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }
}

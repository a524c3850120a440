using Sim.Core;

namespace Samples;

/// <summary>Deadlines: for one wait, for a stretch of code, moved while it runs; and what a shield keeps from being cancelled.</summary>
public sealed class TimeoutsLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "timeouts";

    /// <inheritdoc/>
    public string Summary => "deadlines for a wait and for a stretch of code; one is moved, one is shielded against";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        async Task MainAsync()
        {
            var loop = Asyncio.GetRunningLoop();
            var watch = new LoopWatch(loop);

            async Task<string> AskAsync(TimeSpan length)
            {
                await Asyncio.SleepAsync(length);
                return "an answer";
            }

            var answer = Asyncio.CreateTask(() => AskAsync(TimeSpan.FromSeconds(1.5)));
            try
            {
                // Without the shield, the timeout would cancel the task.
                await Asyncio.WaitForAsync(Asyncio.Shield(answer), TimeSpan.FromSeconds(1));
            }
            catch (TimeoutException)
            {
                stage.Print($"{watch}: no answer yet, and the task goes on");
            }

            stage.Print($"{watch}: {await answer}, later");

            await Asyncio.TimeoutAsync(TimeSpan.FromSeconds(1), async timeout =>
            {
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.5));
                timeout.Reschedule(loop.Time + TimeSpan.FromSeconds(2));
                stage.Print($"{watch}: {await AskAsync(TimeSpan.FromSeconds(1))}, in the time that was given in addition");
            });

            try
            {
                await Asyncio.TimeoutAsync(TimeSpan.FromSeconds(0.5), _ => AskAsync(TimeSpan.FromHours(1)));
            }
            catch (TimeoutException)
            {
                stage.Print($"{watch}: an hour is too long");
            }
        }

        Asyncio.Run(MainAsync, stage.NewLoop);
    }
}

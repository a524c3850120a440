using Sim.Core;

namespace Samples;

/// <summary>Callbacks: what lies under the tasks.</summary>
public sealed class CallbacksLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "callbacks";

    /// <inheritdoc/>
    public string Summary => "one callback soon, one in a second, while the coroutine sleeps for two";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        #region callbacks
        async Task MainAsync()
        {
            var loop = Asyncio.GetRunningLoop();
            var watch = new LoopWatch(loop);
            loop.CallSoon(() => stage.Print($"callback A after {watch}"));
            loop.CallLater(TimeSpan.FromSeconds(1), () => stage.Print($"callback B after {watch}"));
            stage.Print("both are scheduled");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(2));
            stage.Print($"the coroutine ends after {watch}");
        }

        Asyncio.Run(MainAsync, stage.NewLoop);
        #endregion
    }
}

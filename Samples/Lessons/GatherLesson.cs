using Sim.Core;

namespace Samples;

/// <summary>Two at once: the time of the longer one, the results in the order of the arguments.</summary>
public sealed class GatherLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "gather";

    /// <inheritdoc/>
    public string Summary => "two tasks at once, of 1 s and 0.5 s; the results in the order of the arguments";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        #region gather
        async Task MainAsync()
        {
            var watch = new LoopWatch(Asyncio.GetRunningLoop());

            async Task<string> WorkAsync(string name, TimeSpan length)
            {
                await Asyncio.SleepAsync(length);
                stage.Print($"{name} is done after {watch}");
                return name;
            }

            var slow = Asyncio.CreateTask(() => WorkAsync("slow", TimeSpan.FromSeconds(1)));
            var fast = Asyncio.CreateTask(() => WorkAsync("fast", TimeSpan.FromSeconds(0.5)));
            var results = await Asyncio.GatherAsync(slow, fast);
            stage.Print($"gathered after {watch}: {string.Join(", ", results)}");
        }

        Asyncio.Run(MainAsync, stage.NewLoop);
        #endregion
    }
}

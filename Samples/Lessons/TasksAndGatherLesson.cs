using Sim.Core;

namespace Samples;

/// <summary>Exercise: tasks with names, gathered; one of them fails.</summary>
public sealed class TasksAndGatherLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "tasks-and-gather";

    /// <inheritdoc/>
    public string Summary => "named tasks, gathered twice: the first failure for all, then each outcome by itself";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        async Task MainAsync()
        {
            var watch = new LoopWatch(Asyncio.GetRunningLoop());

            async Task<string> FetchAsync(TimeSpan length, string? page)
            {
                await Asyncio.SleepAsync(length);
                return page ?? throw new IOException("connection reset");
            }

            var news = Asyncio.CreateTask(() => FetchAsync(TimeSpan.FromSeconds(1), "the news"), "news");
            var mail = Asyncio.CreateTask(() => FetchAsync(TimeSpan.FromSeconds(0.5), null), "mail");
            var weather = Asyncio.CreateTask(() => FetchAsync(TimeSpan.FromSeconds(1), "the weather"), "weather");

            try
            {
                await Asyncio.GatherAsync(news, mail, weather);
            }
            catch (IOException error)
            {
                stage.Print($"gather fails after {watch} with the first failure: {error.Message}");
            }

            stage.Print($"the others go on: {string.Join(", ", news, mail, weather)}");
            var outcomes = await Asyncio.GatherOutcomesAsync(news, mail, weather);
            stage.Print($"after {watch} each has an outcome:");
            foreach (var outcome in outcomes)
            {
                stage.Print($"  {outcome}");
            }
        }

        Asyncio.Run(MainAsync, stage.NewLoop);
    }
}

using Sim.Core;

namespace Samples;

/// <summary>Tasks that end together: one fails, the others are cancelled, and all failures come out as one.</summary>
public sealed class TaskGroupLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "task-group";

    /// <inheritdoc/>
    public string Summary => "a group of tasks: one fails, the others are asked to stop, and nobody is left behind";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        #region group
        async Task MainAsync()
        {
            var watch = new LoopWatch(Asyncio.GetRunningLoop());

            async Task CopyAsync(string name, TimeSpan length, bool fails = false)
            {
                try
                {
                    await Asyncio.SleepAsync(length);
                }
                finally
                {
                    stage.Print($"{name} ends after {watch}");
                }

                if (fails)
                {
                    throw new IOException($"{name}: disk full");
                }
            }

            try
            {
                await TaskGroup.RunAsync(async group =>
                {
                    _ = group.CreateTask(() => CopyAsync("small", TimeSpan.FromSeconds(0.5)));
                    _ = group.CreateTask(() => CopyAsync("large", TimeSpan.FromSeconds(1), fails: true));
                    _ = group.CreateTask(() => CopyAsync("huge", TimeSpan.FromSeconds(60)));
                    await Asyncio.SleepAsync(TimeSpan.FromSeconds(60));
                });
            }
            catch (TaskGroupException failed)
            {
                stage.Print($"after {watch}: {string.Join(", ", failed.InnerExceptions.Select(error => error.Message))}");
            }
        }
        #endregion

        Asyncio.Run(MainAsync, stage.NewLoop);
    }
}

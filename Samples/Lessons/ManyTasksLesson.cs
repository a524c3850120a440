using Sim.Core;

namespace Samples;

/// <summary>Exercise: many tasks at once.</summary>
public sealed class ManyTasksLesson : ILesson
{
    private const int Count = 100;

    /// <inheritdoc/>
    public string Name => "many-tasks";

    /// <inheritdoc/>
    public string Summary => "a hundred tasks that sleep for a second take a second, and end in the order of creation";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        async Task MainAsync()
        {
            var watch = new LoopWatch(Asyncio.GetRunningLoop());
            var ended = new List<int>();

            async Task<int> SquareAsync(int number)
            {
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
                ended.Add(number);
                return number * number;
            }

            var tasks = Enumerable.Range(1, Count).Select(number => Asyncio.CreateTask(() => SquareAsync(number))).ToList();
            stage.Print($"{tasks.Count} tasks are created, {Asyncio.AllTasks().Count} are alive with this one");
            var squares = await Asyncio.GatherAsync<int>(tasks);
            stage.Print($"all are done after {watch}");
            stage.Print($"the first three squares: {string.Join(", ", squares.Take(3))}; the sum of all: {squares.Sum()}");
            stage.Print($"ended in the order of creation: {ended.SequenceEqual(Enumerable.Range(1, Count))}");
        }

        Asyncio.Run(MainAsync, stage.NewLoop);
    }
}

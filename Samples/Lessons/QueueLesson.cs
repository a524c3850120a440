using Sim.Core;

namespace Samples;

/// <summary>A queue with room for two between one who puts and two who get, until it is shut down.</summary>
public sealed class QueueLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "queue";

    /// <inheritdoc/>
    public string Summary => "a queue with room for two: who puts must wait, who gets is served in turn, and then it is shut down";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        async Task MainAsync()
        {
            var watch = new LoopWatch(Asyncio.GetRunningLoop());
            var orders = new AsyncQueue<int>(maxSize: 2, name: "orders");

            async Task CookAsync(string name, TimeSpan time)
            {
                await foreach (var order in orders.ReadAllAsync())
                {
                    await Asyncio.SleepAsync(time);
                    stage.Print($"{watch}: {name} has cooked order {order}");
                }

                stage.Print($"{watch}: {name} goes home");
            }

            await TaskGroup.RunAsync(async group =>
            {
                _ = group.CreateTask(() => CookAsync("Ada", TimeSpan.FromSeconds(1)));
                _ = group.CreateTask(() => CookAsync("Ben", TimeSpan.FromSeconds(1.5)));
                for (var order = 1; order <= 4; order++)
                {
                    await orders.PutAsync(order);
                    stage.Print($"{watch}: order {order} is taken");
                }

                orders.Shutdown();
            });
        }

        Asyncio.Run(MainAsync, stage.NewLoop);
    }
}

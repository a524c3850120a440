using Sim.Core;

namespace Samples;

/// <summary>Async code finds the loop it runs on, and gives it more to do.</summary>
public sealed class RunningLoopLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "running-loop";

    /// <inheritdoc/>
    public string Summary => "inside async code: get the running loop, create a task on it, await the task";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        #region running-loop
        async Task<int> AnswerAsync()
        {
            stage.Print($"{Asyncio.CurrentTask()!.Name} begins");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            return 42;
        }

        async Task MainAsync()
        {
            var loop = Asyncio.GetRunningLoop();
            var task = loop.CreateTask(AnswerAsync);
            stage.Print("the task is created and has not begun");
            var answer = await task;
            stage.Print($"the answer is {answer}");
            stage.Print($"still on the same loop: {Asyncio.GetRunningLoop() == loop}");
        }

        Asyncio.Run(MainAsync, stage.NewLoop);
        #endregion
    }
}

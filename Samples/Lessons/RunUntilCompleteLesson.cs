using Sim.Core;

namespace Samples;

/// <summary>What <c>Asyncio.Run</c> does, by hand.</summary>
public sealed class RunUntilCompleteLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "run-until-complete";

    /// <inheritdoc/>
    public string Summary => "get a loop, run it until a coroutine is complete, close it";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        async Task<string> MainAsync()
        {
            stage.Print("working");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            return "done";
        }

        #region run-until-complete
        var loop = stage.NewLoop();
        try
        {
            var result = loop.RunUntilComplete(MainAsync);
            stage.Print($"result: {result}");
        }
        finally
        {
            loop.Close();
        }
        #endregion

        stage.Print($"closed: {loop.IsClosed}");
    }
}

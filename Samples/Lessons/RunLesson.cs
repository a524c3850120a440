using Sim.Core;

namespace Samples;

/// <summary>The first program everybody writes.</summary>
public sealed class RunLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "run";

    /// <inheritdoc/>
    public string Summary => "Asyncio.Run makes a loop, runs one coroutine to its end and closes the loop";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        #region run
        async Task MainAsync()
        {
            stage.Print("hello");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            stage.Print("world");
        }

        Asyncio.Run(MainAsync, stage.NewLoop);
        #endregion
    }
}

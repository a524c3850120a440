using Sim.Core;

namespace Samples;

/// <summary>A custom loop by derivation: <see cref="CountingLoop"/>.</summary>
public sealed class CustomLoopLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "custom-loop";

    /// <inheritdoc/>
    public string Summary => "a loop of one's own that overrides running: it says when it runs and counts its turns";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        async Task MainAsync()
        {
            stage.Print("hello from a loop of our own");
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
            stage.Print($"it is a {Asyncio.GetRunningLoop().GetType().Name}");
        }

        Asyncio.Run(MainAsync, () => stage.Time.Compose((clock, poller) => new CountingLoop(clock, poller, stage.Out)));
    }
}

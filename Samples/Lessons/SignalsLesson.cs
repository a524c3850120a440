using System.Runtime.InteropServices;
using Sim.Core;

namespace Samples;

/// <summary>A program that is asked to stop by SIGTERM, finishes what it has begun, and ends.</summary>
public sealed class SignalsLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "signals";

    /// <inheritdoc/>
    public string Summary => "SIGTERM comes in the middle of a job; the job is finished, the next one not begun";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        #region signals
        async Task MainAsync()
        {
            var loop = Asyncio.GetRunningLoop();
            var watch = new LoopWatch(loop);
            var isStopping = false;
            using var handler = loop.AddSignalHandler(PosixSignal.SIGTERM, () =>
            {
                stage.Print("asked to stop in the middle of a job");
                isStopping = true;
            });

            // Who runs the program sends the signal. Here it sends it to itself: by the system, or on virtual time by the loop.
            loop.CallLater(TimeSpan.FromSeconds(1.25), () => loop.RaiseSignal(PosixSignal.SIGTERM));
            for (var job = 1; !isStopping; job++)
            {
                await Asyncio.SleepAsync(TimeSpan.FromSeconds(1));
                stage.Print($"{watch}: job {job} is done");
            }

            stage.Print($"{watch}: the end");
        }
        #endregion

        Asyncio.Run(MainAsync, stage.NewLoop);
    }
}

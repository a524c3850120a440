using Sim.Clock;
using Sim.Core;

namespace Samples;

/// <summary>A custom loop by composition: <see cref="FastClock"/> and <see cref="FastPoller"/> under the loop as it is.</summary>
public sealed class CustomClockLesson : ILesson
{
    private const int Speed = 10;

    /// <inheritdoc/>
    public string Name => "custom-clock";

    /// <inheritdoc/>
    public string Summary => "a clock and a poller of one's own under the loop as it is: time at ten times its speed";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        var (loop, innerClock) = stage.Time.Compose(static (clock, poller) =>
        {
            var fast = new FastClock(clock, Speed);
            return (new EventLoop(fast, new FastPoller(fast, poller)), clock);
        });

        async Task MainAsync()
        {
            var start = loop.Time;
            var innerWatch = new LoopWatch(innerClock);
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(10));
            stage.Print($"ten seconds or more have gone by on the loop: {loop.Time - start >= TimeSpan.FromSeconds(10)}");
            stage.Print($"on the clock underneath: {innerWatch}");
        }

        Asyncio.Run(MainAsync, () => loop);
    }
}

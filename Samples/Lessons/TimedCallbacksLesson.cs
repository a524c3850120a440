using Sim.Core;

namespace Samples;

/// <summary>Exercise: callbacks at different times, without any coroutine.</summary>
public sealed class TimedCallbacksLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "timed-callbacks";

    /// <inheritdoc/>
    public string Summary => "callbacks at different times, two at the same time and one cancelled; no coroutine at all";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        using var loop = stage.NewLoop();
        var watch = new LoopWatch(loop);

        void Show(string what) => stage.Print($"{watch}: {what}");

        // Scheduled in disorder: the loop runs them by time, and those of the same time in the order of this text.
        loop.CallLater(TimeSpan.FromSeconds(1.5), () =>
        {
            Show("last, and stops the loop");
            loop.Stop();
        });
        var second = loop.Time + TimeSpan.FromSeconds(1);
        loop.CallAt(second, () => Show("at one second, scheduled first"));
        loop.CallAt(second, () => Show("at one second, scheduled second"));
        var never = loop.CallLater(TimeSpan.FromSeconds(1), () => Show("never seen: it was cancelled"));
        loop.CallLater(TimeSpan.FromSeconds(0.5), () =>
        {
            Show("cancels the one that nobody will see");
            never.Cancel();
        });
        loop.CallSoon(() => Show("soon"));

        loop.RunForever();
        stage.Print($"cancelled: {never.IsCancelled}");
    }
}

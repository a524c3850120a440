using Sim.Core;

namespace Samples;

/// <summary>
/// Exercise: a loop for a specific platform. A loop is composed of a clock and a poller; what the platform has to offer
/// is the poller's business, and what a program may rely on is the same on each of them.
/// </summary>
public sealed class PlatformLoopLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "platform-loop";

    /// <inheritdoc/>
    public string Summary => "a loop on each poller of this platform: what they guarantee is the same";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        var seen = new List<string>();
        foreach (var newLoop in stage.Time.LoopOnEachPoller)
        {
            using var loop = newLoop();
            stage.Log.WriteLine($"a loop on {loop.Options.Name}");
            seen.Add(Play(loop));
        }

        stage.Out.Write(seen[0]);
        stage.Print($"the same on every poller: {seen.TrueForAll(text => text == seen[0])}");
    }

    private static string Play(EventLoop loop)
    {
        var lines = new StringWriter();
        var watch = new LoopWatch(loop);
        loop.CallLater(TimeSpan.FromSeconds(0.5), () =>
        {
            lines.WriteLine($"timers come at their time: {watch}");
            loop.Stop();
        });
        loop.CallLater(TimeSpan.Zero, () => lines.WriteLine("a timer for now comes after what is ready"));
        loop.CallSoon(() => lines.WriteLine("what is ready comes first"));

        var thread = new Thread(() => loop.CallSoonThreadSafe(() => lines.WriteLine("another thread may hand in work")));
        thread.Start();
        thread.Join();

        loop.RunForever();
        return lines.ToString();
    }
}

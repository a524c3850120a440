using Sim.Core;

namespace Samples;

/// <summary>Exercise: loops in different contexts: one on each of two threads, one inside another, none at all.</summary>
public sealed class ContextsLesson : ILesson
{
    /// <inheritdoc/>
    public string Name => "contexts";

    /// <inheritdoc/>
    public string Summary => "a loop on each of two threads; a run inside a run is refused; and where no loop runs";

    /// <inheritdoc/>
    public void Run(Stage stage)
    {
        OnTwoThreads(stage);
        InsideAnother(stage);
        WithoutAny(stage);
    }

    // Each thread collects its lines, and they are shown when both have ended: who was faster is nobody's business.
    private static void OnTwoThreads(Stage stage)
    {
        string[] cities = ["Oslo", "Lima"];
        var lines = cities.Select(static _ => new List<string>()).ToArray();
        var threads = cities.Select((city, i) => new Thread(() => Asyncio.Run(() => GreetAsync(lines[i]), () => stage.NewLoop(city)))).ToArray();
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        foreach (var line in lines.SelectMany(static line => line))
        {
            stage.Print(line);
        }
    }

    private static async Task GreetAsync(List<string> lines)
    {
        var loop = Asyncio.GetRunningLoop();
        var watch = new LoopWatch(loop);
        var thread = Environment.CurrentManagedThreadId;
        lines.Add($"{loop.Options.Name}: a loop of its own");
        await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.5));
        lines.Add($"{loop.Options.Name}: after {watch} on the same thread: {Environment.CurrentManagedThreadId == thread}");
    }

    private static void InsideAnother(Stage stage)
    {
        async Task OuterAsync()
        {
            await Asyncio.SleepAsync(TimeSpan.FromSeconds(0.5));
            try
            {
                Asyncio.Run(() => Task.CompletedTask, () => stage.NewLoop("inner"));
            }
            catch (LoopRunningException refusal)
            {
                stage.Print($"inside: {refusal.GetType().Name}");
            }
        }

        Asyncio.Run(OuterAsync, () => stage.NewLoop("outer"));
    }

    private static void WithoutAny(Stage stage)
    {
        stage.Print($"outside: a loop runs here: {EventLoop.Running is not null}");
        try
        {
            Asyncio.GetRunningLoop();
        }
        catch (NoRunningLoopException refusal)
        {
            stage.Print($"outside: {refusal.Message}");
        }
    }
}

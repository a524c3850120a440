using Sim.Clock;

namespace Sim.Cli;

/// <summary>Progress as lines, for files and pipes: one to begin with, and one every few seconds.</summary>
internal sealed class ProgressLines(TextWriter writer, IClock clock) : IProgressView
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(5);

    public T Watch<T>(string what, int total, Func<Action<int>, T> work)
    {
        writer.WriteLine($"fuzzing {what}");
        var next = clock.Now + _every;
        return work(done =>
        {
            if (clock.Now >= next)
            {
                next = clock.Now + _every;
                writer.WriteLine($"fuzzing {what}: {done} of {total} runs");
            }
        });
    }
}

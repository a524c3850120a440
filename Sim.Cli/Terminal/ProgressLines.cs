using Sim.Clock;
using Sim.Testing;

namespace Sim.Cli;

/// <summary>Progress as lines, for files and pipes: one for each scenario to begin with, and one every few seconds.</summary>
internal sealed class ProgressLines(TextWriter writer, IClock clock) : IProgressView
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(5);

    private Instant _begun;
    private Instant _next;

    public void Report(CampaignProgress value)
    {
        var now = clock.Now;
        if (value.Figures.Runs == 0)
        {
            (_begun, _next) = (now, now + _every);
            writer.WriteLine($"fuzzing {ProgressWords.Title(value)}");
        }
        else if (now >= _next)
        {
            _next = now + _every;
            writer.WriteLine($"fuzzing {ProgressWords.Title(value)}: {ProgressWords.Figures(value, now - _begun)}");
        }
    }

    public void Clear()
    {
        // What is written stays.
    }
}

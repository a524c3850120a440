using Sim.Clock;
using Sim.Testing;

namespace Sim.Cli;

/// <summary>Progress as one line on a terminal, drawn anew a few times a second; it disappears when a result comes.</summary>
/// <param name="terminal">Understands the sequences that erase a line.</param>
/// <param name="clock">Tells when to draw.</param>
/// <param name="width">How many columns there are, now.</param>
internal sealed class ProgressBar(TextWriter terminal, IClock clock, Func<int> width) : IProgressView
{
    private const int Cells = 20;

    private static readonly TimeSpan _every = TimeSpan.FromMilliseconds(100);

    private Instant _begun;
    private Instant _next;
    private bool _isDrawn;

    public void Report(CampaignProgress value)
    {
        var now = clock.Now;
        if (value.Figures.Runs == 0)
        {
            _begun = now;
        }

        if (now >= _next)
        {
            _next = now + _every;
            Draw(value, now - _begun);
        }
    }

    public void Clear()
    {
        if (_isDrawn)
        {
            terminal.Write("\r\e[2K");
            terminal.Flush();
            _isDrawn = false;
        }
    }

    private void Draw(in CampaignProgress progress, TimeSpan elapsed)
    {
        var (done, all) = progress.Options.TimeBudget is { } budget
            ? (elapsed.Ticks, Math.Max(1, budget.Ticks))
            : (progress.Figures.Runs, progress.Options.Runs);
        var full = (int)Int128.Min(Cells, (Int128)done * Cells / all);
        var cells = new string('█', full).PadRight(Cells, '░');
        var line = $"{cells} {ProgressWords.Title(progress)}: {ProgressWords.Figures(progress, elapsed)}";
        // A line that wraps could not be erased.
        var room = Math.Max(1, width() - 1);
        terminal.Write($"\r\e[2K{(line.Length > room ? $"{line[..(room - 1)]}…" : line)}");
        terminal.Flush();
        _isDrawn = true;
    }
}

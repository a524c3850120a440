using Sim.Clock;
using Sim.Testing;

namespace Sim.Cli;

/// <summary>Progress as one line on a terminal, drawn anew a few times a second; it disappears when a result comes.</summary>
/// <param name="terminal">Understands the sequences that erase a line.</param>
/// <param name="clock">Tells when to draw.</param>
/// <param name="width">How many columns there are, now.</param>
internal sealed class ProgressBar(TextWriter terminal, IClock clock, Func<int> width) : IProgressView
{
    /// <summary>So many columns have room for all words.</summary>
    private const int WideRoom = 130;

    private const int LeastTitle = 12;

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
        // A line that wraps could not be erased.
        var room = Math.Max(1, width() - 1);
        var isWide = room >= WideRoom;
        var figures = isWide ? ProgressWords.Figures(progress, elapsed) : ProgressWords.Brief(progress, elapsed);
        var cells = Bar(progress, elapsed, isWide ? 20 : 6);
        var title = isWide ? ProgressWords.Title(progress) : ProgressWords.BriefTitle(progress);
        var left = Math.Max(LeastTitle, room - cells.Length - figures.Length - 3);
        // The end of a long name tells it from others, and the number behind it where one is.
        var line = $"{cells} {(title.Length > left ? $"…{title[^(left - 1)..]}" : title)}: {figures}";
        terminal.Write($"\r\e[2K{(line.Length > room ? $"{line[..(room - 1)]}…" : line)}");
        terminal.Flush();
        _isDrawn = true;
    }

    private static string Bar(in CampaignProgress progress, TimeSpan elapsed, int cells)
    {
        var (done, all) = progress.Options.TimeBudget is { } budget
            ? (elapsed.Ticks, Math.Max(1, budget.Ticks))
            : (progress.Figures.Runs, progress.Options.Runs);
        return new string('█', (int)Int128.Min(cells, (Int128)done * cells / all)).PadRight(cells, '░');
    }
}

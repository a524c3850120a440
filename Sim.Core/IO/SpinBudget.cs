using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// Whether a wait is to begin with looking instead of sleeping: only after several waits in a row that were so short that
/// looking would have been cheaper, the more seldom the more often it was in vain, and not for a good while where others need
/// the processor. Loop thread only.
/// </summary>
/// <remarks>
/// To be woken on another processor takes the kernel tens of microseconds, much of it processor time: the classical bargain
/// of spinning for as long as sleeping costs (Karlin et al., "Competitive randomized algorithms for nonuniform problems").
/// </remarks>
/// <param name="window">How long to look at most.</param>
internal sealed class SpinBudget(TimeSpan window)
{
    private const int Few = 4;
    private const int Many = 4096;

    private static readonly TimeSpan _shortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);

    private int _short;
    private int _needed = Few;
    private int _hits;
    private TimeSpan _pause = _shortestPause;
    private Instant? _pausesUntil;

    /// <summary>How long to look at most.</summary>
    public TimeSpan Window => window;

    /// <summary>Null: never look. With one processor nothing could come meanwhile.</summary>
    public static SpinBudget? For(TimeSpan window) =>
        window > TimeSpan.Zero && Environment.ProcessorCount > 1 ? new SpinBudget(window) : null;

    /// <summary>Whether to look before the next sleep.</summary>
    public bool IsWorthwhile(Instant now)
    {
        if (_short < _needed)
        {
            return false;
        }

        if (now < _pausesUntil)
        {
            return false;
        }

        _pausesUntil = null;
        return true;
    }

    /// <summary>A look is over: it took so long, and has found something or not.</summary>
    public void Looked(TimeSpan time, bool hasFound, Instant now)
    {
        if (time > window * 2)
        {
            // Interrupted: who sleeps instead gets the processor sooner when there are others.
            (_short, _hits) = (0, 0);
            _pausesUntil = now + _pause;
            _pause = _pause * 2 < _longestPause ? _pause * 2 : _longestPause;
        }
        else if (hasFound)
        {
            _needed = Math.Max(Few, _needed - 1);
            // For so long nobody else needed it.
            _pause = ++_hits % Many == 0 ? _shortestPause : _pause;
        }
        else
        {
            _short = 0;
            _needed = Math.Min(_needed * 2, Many);
        }
    }

    /// <summary>A sleep for so long was ended by something other than time. About half of a short one is the waking up.</summary>
    public void Slept(TimeSpan time) => _short = time < window * 2 ? Math.Min(_short + 1, Many) : 0;
}

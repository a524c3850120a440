namespace Sim.Core;

/// <summary>
/// Whether a wait is to begin with looking instead of sleeping: only after several waits in a row that were so short that
/// looking would have been cheaper, and the more seldom the more often it was in vain. Loop thread only.
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

    private int _short;
    private int _needed = Few;

    /// <summary>How long to look at most.</summary>
    public TimeSpan Window => window;

    /// <summary>Null: never look. With one processor nothing could come meanwhile.</summary>
    public static SpinBudget? For(TimeSpan window) =>
        window > TimeSpan.Zero && Environment.ProcessorCount > 1 ? new SpinBudget(window) : null;

    /// <summary>Whether to look before the next sleep.</summary>
    public bool IsWorthwhile => _short >= _needed;

    /// <summary>Looking has found something.</summary>
    public void Hit() => _needed = Math.Max(Few, _needed - 1);

    /// <summary>Looking was in vain. If it took much longer than it should have, others need the processor: not again so soon.</summary>
    public void Miss(TimeSpan time)
    {
        _short = 0;
        _needed = time > window * 2 ? Many : Math.Min(_needed * 2, Many);
    }

    /// <summary>A sleep for so long was ended by something other than time. About half of a short one is the waking up.</summary>
    public void Slept(TimeSpan time) => _short = time < window * 2 ? Math.Min(_short + 1, Many) : 0;
}

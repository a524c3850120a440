using System.Runtime.InteropServices;

namespace Sim.Core;

/// <summary>
/// Who asks the main coroutine of a run to stop from outside: the token of the run, and Ctrl-C (rule 20). And afterwards,
/// whether it was they who stopped it.
/// </summary>
/// <param name="loop">The loop of the run.</param>
/// <param name="main">The task of the main coroutine.</param>
internal sealed class MainStops(EventLoop loop, ILoopTask main)
{
    private int _asks;
    private bool _isAskedByToken;
    private bool _isInterrupted;
    private int _interrupts;

    /// <summary>Cancels when the token is: before the run is as good as during it.</summary>
    public CancellationTokenRegistration Follow(CancellationToken token)
    {
        if (token.IsCancellationRequested)
        {
            AskByToken();
            return default;
        }

        return token.UnsafeRegister(_ => loop.CallHereOrSoon(AskByToken), null);
    }

    /// <summary>
    /// Cancels at the first Ctrl-C. Not where the program has a handler of its own for it; and one that it adds replaces this.
    /// </summary>
    /// <returns>To be disposed at the end of the run; null = nothing to do.</returns>
    public SignalHandler? FollowInterrupts()
    {
        var signals = LoopSignals.Of(loop);
        if (!loop.Options.CancelsMainOnInterrupt || signals.Find(PosixSignal.SIGINT) is not null)
        {
            return null;
        }

        try
        {
            // The second one does what it does by default, on the spot: the loop may be the one that does not listen any more.
            return signals.Add(PosixSignal.SIGINT, Interrupt, () => Interlocked.Increment(ref _interrupts) == 1);
        }
        catch (PlatformNotSupportedException)
        {
            // A browser has no Ctrl-C.
            return null;
        }
    }

    /// <summary>
    /// What to throw in place of <paramref name="stopped"/>: null if somebody else had asked the task to stop, too. asyncio decides
    /// in this way between KeyboardInterrupt and CancelledError.
    /// </summary>
    public OperationCanceledException? Explain(OperationCanceledException stopped, CancellationToken token)
    {
        if (_asks == 0 || main.State != FutureState.Cancelled)
        {
            return null;
        }

        var left = 0;
        for (; _asks > 0; _asks--)
        {
            left = main.Uncancel();
        }

        if (left > 0)
        {
            return null;
        }

        // A program that has both has wired the token to Ctrl-C itself, and knows its own token.
        return _isInterrupted && !token.IsCancellationRequested
            ? new KeyboardInterruptException(
                $"Task {main.Name} was asked to stop by Ctrl-C (SIGINT), and ended as cancelled at {loop.Time}. To end a program quietly, "
                + "catch this around the run; to do something else on Ctrl-C, add a handler for SIGINT.", stopped)
            : new OperationCanceledException(
                $"Task {main.Name} was asked to stop by the token of its run, and ended as cancelled at {loop.Time}.", stopped, token);
    }

    private void AskByToken()
    {
        if (!_isAskedByToken)
        {
            _isAskedByToken = true;
            Ask();
        }
    }

    private void Interrupt() => _isInterrupted |= Ask();

    private bool Ask()
    {
        // Not if it has ended, one way or the other.
        var isAsked = main.Cancel();
        _asks += isAsked ? 1 : 0;
        return isAsked;
    }
}

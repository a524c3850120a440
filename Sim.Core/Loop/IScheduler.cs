using Sim.Clock;

namespace Sim.Core;

/// <summary>
/// The oracle outside the engine: consulted only where more than one thing could happen. The loop knows that somebody
/// decides, not how. Called on the loop thread.
/// </summary>
public interface IScheduler
{
    /// <summary>A loop starts to run with this scheduler.</summary>
    void Start(EventLoop loop);

    /// <summary>Which of the ready callbacks runs next. Asked before every one, also where there is no choice.</summary>
    /// <returns>An index into <paramref name="runnable"/>; 0 is the oldest, which FIFO would take.</returns>
    int Choose(RunnableSet runnable);

    /// <summary>
    /// Callbacks are ready, and a timer is set for later: whether the ready ones take so long that its time comes first. Then
    /// the timer is ready beside them. On real time there is nothing to decide: how long code takes is how long it takes.
    /// </summary>
    /// <param name="runnable">The ready callbacks, at least one.</param>
    /// <param name="deadline">When the timer is due.</param>
    bool LetTimePass(RunnableSet runnable, Instant deadline) => false;

    /// <summary>The step that runs touches something that others may touch too.</summary>
    void Touch(in Operation operation)
    {
    }

    /// <summary>Who is told why steps happen and on what they depend; null = nobody. Asked once, when the loop is made.</summary>
    ICausalObserver? Causes => null;

    /// <summary>Draws a number.</summary>
    /// <param name="label">Who draws, and for what; the same in every run.</param>
    /// <param name="bound">How many values there are, at least 1.</param>
    /// <returns>From 0, the tame default, to <paramref name="bound"/> - 1.</returns>
    int Draw(string label, int bound);
}

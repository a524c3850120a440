namespace Sim.Core;

/// <content>The door: what may be done to a loop while no thread runs it.</content>
public partial class EventLoop
{
    /// <summary>Does something if no thread runs the loop, and keeps every thread from beginning to until it is done. Any thread.</summary>
    /// <returns>False: some thread runs it, and nothing was done.</returns>
    internal bool TryBetweenRuns(Action action)
    {
        lock (_door)
        {
            if (IsRunning)
            {
                return false;
            }

            action();
            return true;
        }
    }
}

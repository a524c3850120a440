namespace Sim.Core;

/// <content>One guest on the thread of the run: nearly always none, at the cost of a comparison in each iteration.</content>
public partial class EventLoop
{
    private IRunGuest? _guest;

    /// <summary>Lets a guest in; while the loop runs at once, from its own thread.</summary>
    internal void SetGuest(IRunGuest guest)
    {
        Invariant.Holds(_guest is null, "A loop has one guest.");
        CheckOpen();
        CheckThread();
        if (IsRunning)
        {
            guest.Enter();
        }

        _guest = guest;
    }
}

namespace Sim.Core;

/// <summary>The reader and the writer of one handle: the token the loop gives to its poller.</summary>
internal sealed class HandleWatch
{
    public HandleWatcher? Reader { get; private set; }

    public HandleWatcher? Writer { get; private set; }

    public PollInterest Interest =>
        (Reader is null ? PollInterest.None : PollInterest.Read) | (Writer is null ? PollInterest.None : PollInterest.Write);

    /// <summary>Replaces one direction; the old watcher does not run any more, even if it is ready already (rule 27).</summary>
    public void Set(PollInterest direction, HandleWatcher? watcher)
    {
        if (direction == PollInterest.Read)
        {
            Reader?.Cancel();
            Reader = watcher;
        }
        else
        {
            Writer?.Cancel();
            Writer = watcher;
        }
    }
}

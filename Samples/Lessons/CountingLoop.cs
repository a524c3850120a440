using Sim.Clock;
using Sim.Core;

namespace Samples;

#region custom-loop
/// <summary>A loop of our own: it tells when a run begins and ends, and counts its turns.</summary>
public sealed class CountingLoop(IClock clock, IPoller poller, TextWriter output) : EventLoop(clock, poller)
{
    /// <summary>How many iterations there were in which something ran. (A real poller may also wake for nothing.)</summary>
    public int Turns { get; private set; }

    /// <inheritdoc/>
    public override void RunForever()
    {
        output.WriteLine("the loop begins to run");
        base.RunForever();
        output.WriteLine($"the loop has run: {Turns} turns");
    }

    /// <inheritdoc/>
    protected override void RunOnce()
    {
        var before = Step;
        base.RunOnce();
        if (Step > before)
        {
            Turns++;
        }
    }
}
#endregion

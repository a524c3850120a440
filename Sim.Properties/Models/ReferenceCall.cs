namespace Sim.Properties;

/// <summary>A callback of the reference loop: ready, or waiting for its time.</summary>
internal sealed class ReferenceCall(Action run, long when, long sequence)
{
    public long When => when;

    public long Sequence => sequence;

    public bool IsCancelled { get; private set; }

    public bool IsFixed { get; set; }

    private bool HasRun { get; set; }

    public bool Cancel()
    {
        var prevented = !HasRun && !IsCancelled;
        IsCancelled = true;
        return prevented;
    }

    public void Run()
    {
        if (!IsCancelled || IsFixed)
        {
            HasRun = true;
            run();
        }
    }
}

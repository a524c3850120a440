namespace Sim.Conformance;

/// <summary>The handle of a callback in a register. Python's handle remembers that it was cancelled even after it has run.</summary>
internal sealed class ScheduledCall(Action cancel)
{
    private bool _cancelled;

    /// <summary>Cancels it.</summary>
    /// <returns>Whether that was done before.</returns>
    public bool Cancel()
    {
        var before = _cancelled;
        _cancelled = true;
        cancel();
        return before;
    }
}

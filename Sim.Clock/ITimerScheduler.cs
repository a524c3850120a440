namespace Sim.Clock;

/// <summary>
/// Whoever owns a timer queue and fires what falls due: the event loop. Implementations accept calls from any thread
/// or refuse foreign ones with an error.
/// </summary>
public interface ITimerScheduler
{
    /// <summary>Queues <paramref name="entry"/> for <paramref name="when"/>; if it waits already, its deadline is replaced.</summary>
    void Arm(TimerEntry entry, Instant when);

    /// <summary>Takes <paramref name="entry"/> out if it waits.</summary>
    void Disarm(TimerEntry entry);
}

namespace Sim.Core;

/// <summary>
/// Is told why steps happen and on what they depend: for schedulers that search all schedules and must know which of them
/// differ. A step is what runs between two calls of <see cref="IScheduler.Choose"/>. Must not touch the loop. Called on the
/// loop thread.
/// </summary>
public interface ICausalObserver
{
    /// <summary>A callback became ready.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="context">The task it belongs to, or the context of callbacks; null for a completion of the loop's own.</param>
    /// <param name="timer">The timer that fell due; null if it was not a timer.</param>
    /// <param name="inStep">Whether the step that runs made it ready; otherwise the loop did, between two batches.</param>
    void OnReady(long sequence, LoopContext? context, object? timer, bool inStep);

    /// <summary>The step that runs cancels a callback by its handle, or asks whether it is still ready.</summary>
    void OnWithdrawn(long sequence);

    /// <summary>The step that runs sets a timer.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="isDue">Whether its time has come already.</param>
    void OnArmed(object timer, bool isDue);

    /// <summary>The step that runs has made something that others may use.</summary>
    void OnCreated(object thing);

    /// <summary>The step that runs uses a part of the machinery.</summary>
    void OnUsed(object thing, UseKind kind);

    /// <summary>The step that runs touches a shared resource.</summary>
    /// <param name="operation">What it touches, and how.</param>
    /// <param name="announced">Whether it was announced before the step began; otherwise <see cref="EventLoop.Touch"/> tells it.</param>
    void OnOperation(in Operation operation, bool announced);

    /// <summary>The step that runs asks the loop to stop.</summary>
    void OnStopping();
}

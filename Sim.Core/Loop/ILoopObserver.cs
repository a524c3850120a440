namespace Sim.Core;

/// <summary>Is told what happens in a loop. Must not touch the loop. Called on the loop thread.</summary>
public interface ILoopObserver
{
    /// <summary>Something happened.</summary>
    void OnEvent(in LoopEvent happened);
}

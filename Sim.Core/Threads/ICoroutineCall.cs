namespace Sim.Core;

/// <summary>A coroutine that another thread waits for, whatever the type of its result.</summary>
internal interface ICoroutineCall
{
    /// <summary>The loop is closing: the coroutine will not end. Whoever waits is told.</summary>
    void Abandon();
}

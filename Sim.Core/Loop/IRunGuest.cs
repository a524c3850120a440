namespace Sim.Core;

/// <summary>What shares the loop's thread for as long as the loop runs, and brings it work of its own. Loop thread only.</summary>
internal interface IRunGuest
{
    /// <summary>A run begins on this thread.</summary>
    void Enter();

    /// <summary>A run ends on this thread.</summary>
    void Leave();

    /// <summary>Before an iteration waits for anything: what has come meanwhile becomes ready now.</summary>
    void BringWork();
}

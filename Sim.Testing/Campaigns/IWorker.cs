namespace Sim.Testing;

/// <summary>
/// Does numbered pieces of work; what comes of a piece depends on its number alone. Made, used and disposed on one thread.
/// </summary>
internal interface IWorker<out T> : IDisposable
{
    /// <summary>Does a piece.</summary>
    T Do(int number);
}

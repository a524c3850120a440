namespace Sim.Cli;

/// <summary>Shows how far something has come.</summary>
internal interface IProgressView
{
    /// <summary>Does the work on this thread; it tells how much of <paramref name="total"/> is done.</summary>
    T Watch<T>(string what, int total, Func<Action<int>, T> work);
}

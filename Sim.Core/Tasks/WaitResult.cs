namespace Sim.Core;

/// <summary>What <c>WaitAsync</c> found when it returned; each future stands in one of the lists, in argument order.</summary>
/// <typeparam name="TFuture">The type of the futures.</typeparam>
/// <param name="Done">Those that had an outcome.</param>
/// <param name="Pending">Those that go on.</param>
public readonly record struct WaitResult<TFuture>(IReadOnlyList<TFuture> Done, IReadOnlyList<TFuture> Pending)
    where TFuture : Future;

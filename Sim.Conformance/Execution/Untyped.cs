using Sim.Core;

namespace Sim.Conformance;

/// <summary>
/// What the library has for a <c>Future&lt;T&gt;</c>, for the three types that futures of a program have: a value, the list of
/// a gather, and the list of outcomes of one that returns exceptions.
/// </summary>
internal static class Untyped
{
    public static async ValueTask<object?> AwaitAsync(Future future) => future switch
    {
        Future<object?[]> list => await list,
        Future<Outcome<object?>[]> outcomes => await outcomes,
        _ => await (Future<object?>)future,
    };

    public static async ValueTask<object?> WaitForAsync(Future future, TimeSpan? timeout) => future switch
    {
        Future<object?[]> list => await Asyncio.WaitForAsync(list, timeout),
        Future<Outcome<object?>[]> outcomes => await Asyncio.WaitForAsync(outcomes, timeout),
        _ => await Asyncio.WaitForAsync((Future<object?>)future, timeout),
    };

    public static Future Shield(Future future) => future switch
    {
        Future<object?[]> list => Asyncio.Shield(list),
        Future<Outcome<object?>[]> outcomes => Asyncio.Shield(outcomes),
        _ => Asyncio.Shield((Future<object?>)future),
    };

    public static object? Result(Future future) => future switch
    {
        Future<object?[]> list => list.Result,
        Future<Outcome<object?>[]> outcomes => outcomes.Result,
        _ => ((Future<object?>)future).Result,
    };

    /// <summary>Where it stands, as the trace writes it. Counts as having looked at its exception.</summary>
    public static string State(Future future) => future.State switch
    {
        FutureState.Pending => "pending",
        FutureState.Cancelled => "cancelled",
        FutureState.Failed => "!" + TraceText.Error(future.Exception!),
        _ => TraceText.Value(Result(future)),
    };
}

using System.Threading.Tasks.Sources;

namespace Sim.Kestrel;

/// <summary>
/// The result of an operation that is begun on the loop, for a caller on the thread pool: it begins when the caller waits, so
/// that what follows is on the loop too, and no matter of which thread is faster. Awaited once.
/// </summary>
/// <param name="visit">What brought the caller to the pool.</param>
/// <param name="begin">Begins the operation, on the loop.</param>
internal sealed class LoopEntry<T>(PoolVisit visit, Func<ValueTask<T>> begin) : IValueTaskSource<T>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<T> _core;

    public ValueTask<T> AsValueTask() => new(this, _core.Version);

    public ValueTask AsVoid() => new(this, _core.Version);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    public T GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        _core.OnCompleted(continuation, state, token, flags);
        visit.Arrive(() => _ = RunAsync());
    }

    private async Task RunAsync()
    {
        T result;
        try
        {
            result = await begin();
        }
#pragma warning disable CA1031 // Whatever it is belongs to who awaits.
        catch (Exception failure)
        {
            _core.SetException(failure);
            return;
        }
#pragma warning restore CA1031

        _core.SetResult(result);
    }
}

using Sim.Core;

namespace Sim.Properties;

/// <summary>The queue of the library.</summary>
internal sealed class RealQueue : IQueueUnderStorm
{
    private readonly AsyncQueue<int> _queue = new(StormWorld.Room);

    public int Count => _queue.Count;

    public bool IsFull => _queue.IsFull;

    public ValueTask PutAsync(int item, CancellationToken token) => _queue.PutAsync(item, token);

    public ValueTask<int> GetAsync(CancellationToken token) => _queue.GetAsync(token);

    public IAsyncEnumerator<int> ReadAll(CancellationToken token) => _queue.ReadAllAsync(token).GetAsyncEnumerator(CancellationToken.None);

    public bool TryGet(out int item) => _queue.TryGet(out item);

    public void TaskDone() => _queue.TaskDone();

    public ValueTask JoinAsync(CancellationToken token) => _queue.JoinAsync(token);

    public void Shutdown(bool immediate) => _queue.Shutdown(immediate);
}

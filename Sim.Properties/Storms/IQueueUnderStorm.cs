namespace Sim.Properties;

/// <summary>A queue as the storm uses it.</summary>
internal interface IQueueUnderStorm
{
    int Count { get; }

    bool IsFull { get; }

    ValueTask PutAsync(int item, CancellationToken token);

    ValueTask<int> GetAsync(CancellationToken token);

    IAsyncEnumerator<int> ReadAll(CancellationToken token);

    bool TryGet(out int item);

    void TaskDone();

    ValueTask JoinAsync(CancellationToken token);

    void Shutdown(bool immediate);
}

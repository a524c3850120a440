using Sim.Core;

namespace Samples;

/// <summary>A bank that takes one request after the other.</summary>
internal sealed class Bank(bool knowsRequests)
{
    private readonly AsyncQueue<(int Request, Future<bool> Answer)> _inbox = new();
    private readonly HashSet<int> _done = [];

    /// <summary>How often money was taken.</summary>
    public int Charged { get; private set; }

    /// <summary>Sends a request; the future is its answer.</summary>
    public Future<bool> Ask(int request)
    {
        var answer = Asyncio.GetRunningLoop().CreateFuture<bool>();
        _inbox.PutNoWait((request, answer));
        return answer;
    }

    /// <summary>No more requests come.</summary>
    public void Close() => _inbox.Shutdown();

    public async Task WorkAsync()
    {
        await foreach (var (request, answer) in _inbox.ReadAllAsync())
        {
            await Wire.CrossAsync(); // to the vault
            if (_done.Add(request) || !knowsRequests)
            {
                Charged++;
            }

            answer.TrySetResult(true);
        }
    }
}

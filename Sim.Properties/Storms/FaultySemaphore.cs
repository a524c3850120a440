using Sim.Core;

namespace Sim.Properties;

/// <summary>
/// A semaphore made by hand; if it is faulty, a unit that was handed to one who is cancelled before it runs is lost.
/// </summary>
internal sealed class FaultySemaphore(bool isFaulty) : ILockUnderStorm
{
    private readonly List<Future<int>> _waiters = [];
    private int _units = StormWorld.Units;

    public bool IsLocked => _units == 0 || _waiters.Any(static waiter => !waiter.IsCancelled);

    public async ValueTask AcquireAsync(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (!IsLocked)
        {
            _units--;
            return;
        }

        var waiter = Asyncio.GetRunningLoop().CreateFuture<int>();
        _waiters.Add(waiter);
        try
        {
            using var link = waiter.CancelOn(token);
            await waiter;
        }
        catch (OperationCanceledException) when (!waiter.IsCancelled && !isFaulty)
        {
            _units++;
            throw;
        }
        finally
        {
            _waiters.Remove(waiter);
            WakeAsManyAsCan();
        }
    }

    public void Release()
    {
        _units++;
        WakeAsManyAsCan();
    }

    private void WakeAsManyAsCan()
    {
        while (_units > 0 && _waiters.FirstOrDefault(static waiter => !waiter.IsDone) is { } next)
        {
            _units--;
            next.SetResult(0);
        }
    }
}

using Sim.Core;

namespace Sim.Properties;

/// <summary>A lock with a mistake of the kind that people make: the storm must notice.</summary>
internal sealed class FaultyLock(FaultyLock.Fault fault) : ILockUnderStorm
{
    private readonly List<Future<int>> _waiters = [];

    public enum Fault
    {
        /// <summary>No mistake: whatever is noticed in the others is due to theirs.</summary>
        None,

        /// <summary>One that was woken and then cancelled keeps the wake-up to itself.</summary>
        LosesTheWakeUp,

        /// <summary>Whoever comes while the lock is free takes it, although another was woken.</summary>
        LetsNewcomersPass,

        /// <summary>The youngest who waits is woken first.</summary>
        WakesTheYoungest,
    }

    public bool IsLocked { get; private set; }

    public async ValueTask AcquireAsync(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        while (IsLocked || (fault != Fault.LetsNewcomersPass && _waiters.Any(static waiter => !waiter.IsCancelled)))
        {
            var waiter = Asyncio.GetRunningLoop().CreateFuture<int>();
            _waiters.Add(waiter);
            try
            {
                using var link = waiter.CancelOn(token);
                await waiter;
            }
            catch (OperationCanceledException)
            {
                _waiters.Remove(waiter);
                if (fault != Fault.LosesTheWakeUp && !IsLocked)
                {
                    WakeOne();
                }

                throw;
            }

            _waiters.Remove(waiter);
            if (fault != Fault.LetsNewcomersPass)
            {
                break;
            }
        }

        IsLocked = true;
    }

    public void Release()
    {
        IsLocked = false;
        WakeOne();
    }

    private void WakeOne()
    {
        // Who was woken stays in line until it runs: as long as it does, nobody else is woken.
        var first = fault == Fault.WakesTheYoungest ? _waiters.LastOrDefault(static waiter => !waiter.IsDone) : _waiters.FirstOrDefault();
        first?.TrySetResult(0);
    }
}

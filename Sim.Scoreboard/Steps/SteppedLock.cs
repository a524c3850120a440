using Sim.Core;

namespace Sim.Scoreboard;

/// <summary>A lock with a scheduling point before it is taken and before it is released: the library's, or one without a line.</summary>
internal sealed class SteppedLock(StepRules rules, string name)
{
    private readonly UnfairLock? _unfair = rules.LocksAreFair ? null : new UnfairLock();

    /// <summary>The library's lock: what waits on a condition of it needs it. Under other rules it only stands for the lock.</summary>
    public AsyncLock Inner { get; } = new(name);

    /// <summary>Whether it is the library's.</summary>
    public bool IsFair => _unfair is null;

    public async ValueTask AcquireAsync()
    {
        if (!rules.SectionsAreOneStep)
        {
            await Asyncio.YieldBeforeAsync(Inner, isWrite: true);
        }

        await AcquireAtOnceAsync();
    }

    public async ValueTask ReleaseAsync()
    {
        if (rules.SectionsAreOneStep)
        {
            Release();
            await Asyncio.YieldAsync();
        }
        else
        {
            await Asyncio.YieldBeforeAsync(Inner, isWrite: true);
            Release();
        }
    }

    /// <summary>Takes it without a point before.</summary>
    public async ValueTask AcquireAtOnceAsync()
    {
        if (_unfair is not null)
        {
            await _unfair.AcquireAsync();
        }
        else
        {
            await Inner.AcquireAsync();
        }
    }

    /// <summary>Releases it without a point before.</summary>
    public void Release()
    {
        if (_unfair is not null)
        {
            _unfair.Release();
        }
        else
        {
            Inner.Release();
        }
    }
}

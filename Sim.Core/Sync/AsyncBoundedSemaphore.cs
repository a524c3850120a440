namespace Sim.Core;

/// <summary>A semaphore that refuses to be released more often than it was acquired. Loop thread only.</summary>
public sealed class AsyncBoundedSemaphore : AsyncSemaphore
{
    private readonly int _bound;

    /// <inheritdoc/>
    public AsyncBoundedSemaphore(int value = 1, string? name = null)
        : base(value, name) => _bound = value;

    /// <summary>Gives a unit back: to the first who waits, at once, or to whoever comes next.</summary>
    /// <exception cref="TooManyReleasesException">All units are there.</exception>
    /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
    public override void Release()
    {
        if (Value >= _bound)
        {
            throw new TooManyReleasesException(
                $"Release of {Title} {Places.Here()}: all of its units ({_bound}) are there. It was released more often than acquired: "
                + "release it once for every AcquireAsync, best with 'using (await s.AcquireAsync())'.");
        }

        base.Release();
    }
}

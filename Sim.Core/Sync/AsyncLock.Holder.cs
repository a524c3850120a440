namespace Sim.Core;

/// <content>What releases the lock at the end of a block.</content>
public sealed partial class AsyncLock
{
    /// <summary>
    /// One hold of a lock: disposing it releases the lock. A second time, or after <see cref="Release"/>, does nothing,
    /// whoever holds the lock then.
    /// </summary>
    public readonly record struct Holder : IDisposable, IAsyncDisposable
    {
        private readonly AsyncLock? _lock;
        private readonly long _hold;

        internal Holder(AsyncLock owner, long hold)
        {
            _lock = owner;
            _hold = hold;
        }

        /// <summary>Releases the lock if this hold still lasts.</summary>
        /// <exception cref="ForeignThreadException">Called on another thread while the loop runs.</exception>
        public void Dispose()
        {
            if (_lock is not null && _lock._hold == _hold)
            {
                _lock.Release();
            }
        }

        /// <summary>Releases the lock if this hold still lasts. Takes no tick.</summary>
        /// <inheritdoc cref="Dispose"/>
        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}

using Sim.Core;

namespace Samples;

/// <summary>A store with a cache that is looked at and filled under one lock.</summary>
public sealed class MendedStore : IStore
{
    private readonly SlowStore _store = new();
    private readonly AsyncLock _lock = new();

    // Looked up, never iterated.
    private readonly Dictionary<string, int> _cache = [];

    /// <inheritdoc/>
    public async Task PutAsync(string key, int value)
    {
        using (await _lock.AcquireAsync())
        {
            await _store.PutAsync(key, value);
            _cache[key] = value;
        }
    }

    /// <inheritdoc/>
    public async Task<int> GetAsync(string key)
    {
        using (await _lock.AcquireAsync())
        {
            if (!_cache.TryGetValue(key, out var value))
            {
                value = await _store.GetAsync(key);
                _cache[key] = value;
            }

            return value;
        }
    }
}

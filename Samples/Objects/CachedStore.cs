namespace Samples;

/// <summary>A store with a cache and a planted bug: an answer that comes late fills the cache with what is no longer true.</summary>
public sealed class CachedStore : IStore
{
    private readonly SlowStore _store = new();

    // Looked up, never iterated.
    private readonly Dictionary<string, int> _cache = [];

    /// <inheritdoc/>
    public async Task PutAsync(string key, int value)
    {
        await _store.PutAsync(key, value);
        _cache.Remove(key);
    }

    /// <inheritdoc/>
    public async Task<int> GetAsync(string key)
    {
        if (_cache.TryGetValue(key, out var known))
        {
            return known;
        }

        var value = await _store.GetAsync(key); // who else puts another value, and clears the cache, meanwhile?
        _cache[key] = value;
        return value;
    }
}

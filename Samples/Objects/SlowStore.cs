namespace Samples;

/// <summary>The store itself: right, and on the other side of a wire.</summary>
public sealed class SlowStore : IStore
{
    // Looked up, never iterated.
    private readonly Dictionary<string, int> _values = [];

    /// <inheritdoc/>
    public async Task PutAsync(string key, int value)
    {
        await Wire.CrossAsync();
        _values[key] = value;
        await Wire.CrossAsync();
    }

    /// <inheritdoc/>
    public async Task<int> GetAsync(string key)
    {
        await Wire.CrossAsync();
        var value = _values.GetValueOrDefault(key);
        await Wire.CrossAsync();
        return value;
    }
}

namespace Samples;

/// <summary>Numbers by their keys, that several tasks share.</summary>
public interface IStore
{
    /// <summary>Sets the number of a key.</summary>
    Task PutAsync(string key, int value);

    /// <summary>The number of a key; 0 if there is none.</summary>
    Task<int> GetAsync(string key);
}

namespace Sim.Core;

/// <summary>The items of a queue, and which of them is the next.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
internal interface IItems<T>
{
    int Count { get; }

    void Add(T item);

    /// <summary>Takes the next one out. Only if there is one.</summary>
    T Take();

    /// <summary>Drops all of them, without asking which is the next.</summary>
    void Clear();
}

namespace Sim.Properties;

/// <summary>An operation on a store of numbers by key, in which some operations wait and some throw.</summary>
public abstract record StoreOperation(int Key)
{
    /// <summary>Gets the number; 0 if there is none.</summary>
    public sealed record Get(int Key) : StoreOperation(Key);

    /// <summary>Sets it; a negative one is refused with an exception.</summary>
    public sealed record Put(int Key, int Value) : StoreOperation(Key);

    /// <summary>Takes it away; waits while it is 0.</summary>
    public sealed record Take(int Key) : StoreOperation(Key);
}

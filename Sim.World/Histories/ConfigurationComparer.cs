namespace Sim.World;

/// <summary>Tells configurations apart by their calls, and by their states as the model does.</summary>
internal sealed class ConfigurationComparer<TState>(IEqualityComparer<TState> states) : IEqualityComparer<Configuration<TState>>
{
    public bool Equals(Configuration<TState> x, Configuration<TState> y) =>
        x.Placed.AsSpan().SequenceEqual(y.Placed) && states.Equals(x.State, y.State);

    public int GetHashCode(Configuration<TState> obj)
    {
        var hash = obj.State is null ? 0UL : (ulong)(uint)states.GetHashCode(obj.State);
        foreach (var word in obj.Placed)
        {
            hash = SplitMix64.Mix(hash ^ word);
        }

        return (int)hash;
    }
}

using System.Collections;

namespace Sim.World;

/// <summary>
/// The decisions of a run as they are made: eight bytes for each, and its key only where somebody wants it.
/// </summary>
internal sealed class DecisionLog(bool withKeys) : IReadOnlyList<Decision>
{
    // Two bits for the kind, thirty-one for the bound, thirty-one for the value.
    private readonly List<long> _packed = [];
    private readonly List<(DecisionKey Key, long Step)> _keys = [];

    public int Count => _packed.Count;

    public Decision this[int index]
    {
        get
        {
            var packed = _packed[index];
            var (key, step) = withKeys ? _keys[index] : default;
            return new Decision((DecisionKind)(packed >>> 62), (int)(packed >> 31) & int.MaxValue, (int)packed & int.MaxValue, key, step);
        }
    }

    public void Add(DecisionKind kind, int bound, int value) =>
        _packed.Add(((long)kind << 62) | ((long)bound << 31) | (uint)value);

    public void AddKey(in DecisionKey key, long step) => _keys.Add((key, step));

    public IEnumerator<Decision> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

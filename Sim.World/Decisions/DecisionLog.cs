using System.Collections;

namespace Sim.World;

/// <summary>
/// The decisions of a run as they are made: eight bytes for each, and its labels only where somebody wants them.
/// </summary>
internal sealed class DecisionLog(bool withLabels) : IReadOnlyList<Decision>
{
    // Two bits for the kind, thirty-one for the bound, thirty-one for the value.
    private readonly List<long> _packed = [];
    private readonly List<(string Label, string DefaultLabel)> _labels = [];

    public bool WithLabels => withLabels;

    public int Count => _packed.Count;

    public Decision this[int index]
    {
        get
        {
            var packed = _packed[index];
            var (label, defaultLabel) = withLabels ? _labels[index] : ("", "");
            return new Decision(
                (DecisionKind)(packed >>> 62), (int)(packed >> 31) & int.MaxValue, (int)packed & int.MaxValue, label, defaultLabel);
        }
    }

    public void Add(DecisionKind kind, int bound, int value) =>
        _packed.Add(((long)kind << 62) | ((long)bound << 31) | (uint)value);

    public void AddLabels(string label, string defaultLabel) => _labels.Add((label, defaultLabel));

    public IEnumerator<Decision> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

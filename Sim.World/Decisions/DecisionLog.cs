using System.Collections;

namespace Sim.World;

/// <summary>
/// The decisions of a run as they are made: eight bytes for each, and its labels only where somebody wants them.
/// </summary>
internal sealed class DecisionLog(bool withLabels) : IReadOnlyList<Decision>
{
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
                packed < 0 ? DecisionKind.Draw : DecisionKind.Order, (int)((packed >> 32) & int.MaxValue), (int)packed, label, defaultLabel);
        }
    }

    public void Add(DecisionKind kind, int bound, int value) =>
        _packed.Add(((long)bound << 32) | (uint)value | (kind == DecisionKind.Draw ? long.MinValue : 0));

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
